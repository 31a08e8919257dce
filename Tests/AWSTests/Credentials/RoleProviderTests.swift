import Domain
import FoundationEssentials
import Testing
import TestSupport

@testable import AWS

@Suite struct RoleProviderTests {
    private static let arn = "arn:aws:iam::111122223333:role"

    private func world(_ config: String, _ credentials: String = "") -> World {
        World(environment: ["AWS_EC2_METADATA_DISABLED": "true"], config: config, credentials: credentials)
    }

    private static let keys = "aws_access_key_id = AKIABASE\naws_secret_access_key = base\n"

    /// The key id that a request is signed with.
    private static func signer(_ request: HTTPRequest) -> String? {
        request.values("Authorization").first?.split(separator: "=").dropFirst().first?.split(separator: "/").first
            .map(String.init)
    }

    @Test("with a source profile, and everything that is to be sent")
    func sourceProfile() async throws {
        let config = """
            [profile admin]
            role_arn = \(Self.arn)/team/admin
            source_profile = base
            external_id = ext/1
            role_session_name = me@example.com
            duration_seconds = 1800
            """
        let found = try await world(config, "[base]\n\(Self.keys)").find(
            profile: "admin",
            [
                .session("ASIAROLE") { request in
                    #expect(Self.signer(request) == "AKIABASE")
                    #expect(request.form["RoleArn"] == "\(Self.arn)/team/admin")
                    #expect(request.form["ExternalId"] == "ext/1")
                    #expect(request.form["RoleSessionName"] == "me@example.com")
                    #expect(request.form["DurationSeconds"] == "1800")
                }
            ])
        #expect(found.exposed == ["ASIAROLE", "ASIAROLE-secret", "ASIAROLE-token"])
        #expect(found.credentials.expiration == TestValues.date.addingTimeInterval(3600))
        #expect(found.source == "role_arn of profile admin")
    }

    @Test("roles one after the other, each with the session before it")
    func chain() async throws {
        let config = """
            [profile a]
            role_arn = \(Self.arn)/A
            source_profile = b
            [profile b]
            role_arn = \(Self.arn)/B
            source_profile = c
            [profile c]
            \(Self.keys)
            """
        _ = try await world(config).find(
            profile: "a",
            [
                .session("ASIAB") { request in
                    #expect(Self.signer(request) == "AKIABASE")
                    #expect(request.form["RoleArn"] == "\(Self.arn)/B")
                    #expect(request.form["RoleSessionName"] == "keyless")
                    #expect(request.form["DurationSeconds"] == nil && request.form["ExternalId"] == nil)
                },
                .session("ASIAA") { request in
                    #expect(Self.signer(request) == "ASIAB")
                    #expect(request.values("X-Amz-Security-Token") == ["ASIAB-token"])
                    #expect(request.form["RoleArn"] == "\(Self.arn)/A")
                },
            ])
    }

    @Test("a profile may have the role and the keys that assume it")
    func selfReference() async throws {
        let config = "[profile a]\nrole_arn = \(Self.arn)/A\nsource_profile = a\n\(Self.keys)"
        let found = try await world(config).find(
            profile: "a", [.session("ASIAA") { #expect(Self.signer($0) == "AKIABASE") }])
        #expect(found.exposed[0] == "ASIAA")
    }

    @Test("a source profile with keys gives those, though it has a role as well")
    func keysFirst() async throws {
        let config = """
            [profile a]
            role_arn = \(Self.arn)/A
            source_profile = b
            [profile b]
            role_arn = \(Self.arn)/B
            source_profile = a
            \(Self.keys)
            """
        _ = try await world(config).find(
            profile: "a", [.session("ASIAA") { #expect(Self.signer($0) == "AKIABASE") }])
    }

    @Test("a source profile may sign in by a program")
    func process() async throws {
        var world = world(
            "[profile a]\nrole_arn = \(Self.arn)/A\nsource_profile = b\n[profile b]\ncredential_process = get 'a key'\n"
        )
        world.programs[["get", "a key"]] = #"{"Version": 1, "AccessKeyId": "AKIAPROG", "SecretAccessKey": "s"}"#
        _ = try await world.find(profile: "a", [.session("ASIAA") { #expect(Self.signer($0) == "AKIAPROG") }])
    }

    @Test("credential_source Environment, though the profile was named by flag", arguments: [false, true])
    func environment(isExplicit: Bool) async throws {
        var world = world("[profile a]\nrole_arn = \(Self.arn)/A\ncredential_source = Environment\n")
        world.environment["AWS_ACCESS_KEY_ID"] = "AKIAENV"
        world.environment["AWS_SECRET_ACCESS_KEY"] = "s"
        // Without the flag the environment's keys are the answer themselves.
        let found = try await world.find(
            profile: "a", isExplicit: isExplicit,
            isExplicit ? [.session("ASIAA") { #expect(Self.signer($0) == "AKIAENV") }] : [])
        #expect(found.exposed[0] == (isExplicit ? "ASIAA" : "AKIAENV"))
    }

    @Test("credential_source EcsContainer and Ec2InstanceMetadata")
    func endpoints() async throws {
        func config(_ source: String) -> String {
            "[profile a]\nrole_arn = \(Self.arn)/A\ncredential_source = \(source)\n"
        }
        var container = world(config("EcsContainer"))
        container.environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/c"
        _ = try await container.find(
            profile: "a",
            [
                .answer(200, ContainerProviderTests.answer),
                .session("ASIAA") { #expect(Self.signer($0) == "ASIATASK") },
            ])
        let instance = World(config: config("Ec2InstanceMetadata"))
        _ = try await instance.find(
            profile: "a",
            [
                .answer(200, "T"), .answer(200, "r"), .answer(200, ContainerProviderTests.answer),
                .session("ASIAA") { #expect(Self.signer($0) == "ASIATASK") },
            ])
    }

    @Test(
        "a source that is named and has nothing is an error, and no other is tried",
        arguments: [
            (
                "credential_source = Environment",
                "its credential_source Environment has no credentials "
                    + "(environment variables: AWS_ACCESS_KEY_ID is not set)"
            ),
            (
                "credential_source = environment",
                "credential_source is environment, which is none of Environment, EcsContainer and Ec2InstanceMetadata"
            ),
            ("source_profile = none", "its source_profile none does not exist"),
            ("source_profile = a", "its source_profile leads back to it: a -> a"),
            ("source_profile = loop", "its source_profile leads back to it: a -> loop -> a"),
            (
                "source_profile = b\ncredential_source = Environment",
                "there are both source_profile and credential_source"
            ),
        ])
    func source(line: String, reason: String) async throws {
        let world = world(
            """
            [profile a]
            role_arn = \(Self.arn)/A
            \(line)
            [profile loop]
            role_arn = \(Self.arn)/L
            source_profile = a
            [profile b]
            \(Self.keys)
            """)
        guard case .failed(let source, .misconfigured(reason))? = await world.failure(profile: "a") else {
            Issue.record("another error")
            return
        }
        #expect(source == "role_arn of profile \(line.hasSuffix("loop") ? "loop" : "a")")
    }

    @Test("a source profile without credentials says what it lacks")
    func emptySource() async throws {
        let error = await world("[profile a]\nrole_arn = \(Self.arn)/A\nsource_profile = b\n[profile b]\n")
            .failure(profile: "a")
        guard case .failed(_, .misconfigured(let reason))? = error else {
            Issue.record("another error")
            return
        }
        #expect(
            reason.hasPrefix(
                "its source_profile b has no credentials (web identity token of profile b: it has no web_i"))
        #expect(reason.contains("keys of profile b in the config file: it has no aws_access_key_id there"))
    }

    @Test(
        "what is wrong in the profile is told before anything is sent",
        arguments: [
            ("mfa_serial = arn:aws:iam::1:mfa/me", CredentialFailure.mfaRequired(serial: "arn:aws:iam::1:mfa/me")),
            ("duration_seconds = 1h", .misconfigured(reason: "duration_seconds is not a number from 900 to 43200")),
            ("duration_seconds = 60", .misconfigured(reason: "duration_seconds is not a number from 900 to 43200")),
            ("role_session_name = a b", .misconfigured(reason: "a b is not a name for a session")),
            ("role_arn = deploy", .misconfigured(reason: "deploy is not the ARN of a role")),
            ("source_profile =", .incomplete(missing: "source_profile or credential_source")),
        ])
    func wrong(line: String, failure: CredentialFailure) async throws {
        let config = "[profile a]\nrole_arn = \(Self.arn)/A\nsource_profile = b\n\(line)\n[profile b]\n\(Self.keys)"
        #expect(
            await world(config).failure(profile: "a") == .failed(source: "role_arn of profile a", failure))
    }

    @Test("what STS says is told with the role")
    func refused() async throws {
        let config = "[profile a]\nrole_arn = \(Self.arn)/A\nsource_profile = b\n[profile b]\n\(Self.keys)"
        let body: Secret = "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"
        guard
            case .failed(_, .sts(let role, .service(let fault)))? =
                await world(config).failure(profile: "a", [.answer(403, body)])
        else {
            Issue.record("another error")
            return
        }
        #expect(role.text == "\(Self.arn)/A")
        #expect(fault.code == "AccessDenied")
    }
}
