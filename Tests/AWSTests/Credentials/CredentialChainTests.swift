import Domain
import FoundationEssentials
import Testing

@testable import AWS

/// The places that need no network, and their order.
@Suite struct CredentialChainTests {
    private static let environment = [
        "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "env", "AWS_SESSION_TOKEN": "envtoken",
        "AWS_EC2_METADATA_DISABLED": "true",
    ]
    private static let offline = ["AWS_EC2_METADATA_DISABLED": "true"]
    private static let printed = #"{"Version": 1, "AccessKeyId": "AKIAPROG", "SecretAccessKey": "prog"}"#

    private static func keys(_ id: String) -> String {
        "aws_access_key_id = \(id)\naws_secret_access_key = \(id)-secret\n"
    }

    /// A profile with everything that needs no network, from which each step takes the first away.
    private func full() -> World {
        World(
            environment: Self.environment,
            config: "[default]\n\(Self.keys("AKIACONFIG"))credential_process = get\n",
            credentials: "[default]\n\(Self.keys("AKIACREDS"))", programs: [["get"]: Self.printed])
    }

    @Test("environment, credentials file, program, config file")
    func order() async throws {
        var world = full()
        #expect(try await world.find().exposed == ["AKIAENV", "env", "envtoken"])
        world.environment = Self.offline
        #expect(try await world.find().exposed == ["AKIACREDS", "AKIACREDS-secret", nil])
        world.credentials = ""
        #expect(try await world.find().exposed == ["AKIAPROG", "prog", nil])
        world.config = world.config.replacing("credential_process", with: "x")
        #expect(try await world.find().exposed == ["AKIACONFIG", "AKIACONFIG-secret", nil])
        world.config = ""
        guard case .nothingFound? = await world.failure() else {
            Issue.record("something was found")
            return
        }
    }

    @Test("with a profile named by flag the environment's keys do not count")
    func explicit() async throws {
        #expect(try await full().find(isExplicit: true).exposed[0] == "AKIACREDS")
    }

    @Test("where nothing is found the error says what was tried, and why each was passed over")
    func nothing() async throws {
        let world = World(environment: Self.offline, config: "[default]\nregion = eu-west-1\n")
        #expect(
            await world.failure()
                == .nothingFound(
                    [
                        ("environment variables", "AWS_ACCESS_KEY_ID is not set"),
                        ("role_arn of profile default", "there is none to assume"),
                        (
                            "web identity token",
                            "AWS_WEB_IDENTITY_TOKEN_FILE is not set, and profile default has no web_identity_token_file"
                        ),
                        ("single sign-on of profile default", "it has no sso_account_id"),
                        ("keys of profile default in the credentials file", "it has no aws_access_key_id there"),
                        ("login_session of profile default", "there is none"),
                        ("credential_process of profile default", "there is none"),
                        ("keys of profile default in the config file", "it has no aws_access_key_id there"),
                        (
                            "container endpoint",
                            "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set"
                        ),
                        ("EC2 instance metadata", "AWS_EC2_METADATA_DISABLED is true"),
                    ].map { .init(source: $0, reason: $1) }))
    }

    @Test(
        "half of the environment's keys is an error, whatever else there is",
        arguments: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    func halfEnvironment(missing: String) async throws {
        var world = full()
        world.environment[missing] = ""
        #expect(
            await world.failure() == .failed(source: "environment variables", .incomplete(missing: missing)))
    }

    @Test("so is half of a file's", arguments: ["aws_access_key_id", "aws_secret_access_key"])
    func halfFile(missing: String) async throws {
        var world = full()
        world.environment = Self.offline
        world.credentials = world.credentials.replacing(missing, with: "x")
        #expect(
            await world.failure()
                == .failed(
                    source: "keys of profile default in the credentials file", .incomplete(missing: missing)))
    }

    @Test(
        "the environment's session ends when it says",
        arguments: [
            ("2026-03-04T06:06:07Z", 3600.0), ("2026-03-04T06:06:07+00:00", 3600), ("2026-03-04T08:06:07+02:00", 3600),
            ("2026-03-04T00:36:07-0530", 3600), ("2026-03-04T06:06:07.123456+00:00", 3600),
        ])
    func expiration(text: String, seconds: TimeInterval) async throws {
        let world = World(environment: Self.environment.merging(["AWS_CREDENTIAL_EXPIRATION": text]) { $1 })
        #expect(try await world.find().credentials.expiration == TestValues.date.addingTimeInterval(seconds))
    }

    @Test(
        "an end that is no moment is an error",
        arguments: ["soon", "2026-03-04", "2026-03-04T06:06:07", "2026-03-04T06:06:07+1", "2026-03-04 06:06:07Z", "1"])
    func noExpiration(text: String) async throws {
        let world = World(environment: Self.environment.merging(["AWS_CREDENTIAL_EXPIRATION": text]) { $1 })
        #expect(
            await world.failure()
                == .failed(
                    source: "environment variables",
                    .misconfigured(reason: "AWS_CREDENTIAL_EXPIRATION is not a date of ISO 8601")))
    }

    @Test("the older names of the token go first, as botocore has it")
    func olderToken() async throws {
        var world = full()
        world.environment["AWS_SECURITY_TOKEN"] = "older"
        #expect(try await world.find().exposed[2] == "older")
        world.environment = Self.offline
        world.credentials += "aws_session_token = newer\naws_security_token = older\n"
        #expect(try await world.find().exposed[2] == "older")
    }

    @Test("a key with a line end is refused")
    func lineEnd() async throws {
        var world = full()
        world.environment["AWS_SESSION_TOKEN"] = "a\nb"
        #expect(
            await world.failure()
                == .failed(
                    source: "environment variables", .malformed(reason: "the session token has a control character")))
    }

    @Test("a session of the AWS CLI's own is an error, never another source in silence")
    func login() async throws {
        let world = World(environment: Self.offline, config: "[default]\nlogin_session = x\n\(Self.keys("AKIA"))")
        guard case .failed("login_session of profile default", .signInRequired)? = await world.failure() else {
            Issue.record("another error")
            return
        }
    }

    @Test(
        "what a program prints",
        arguments: [
            (printed, ["AKIAPROG", "prog", nil] as [String?]),
            (
                #"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","SessionToken":"t","Expiration":"2026-03-04T06:06:07+00:00"}"#,
                ["A", "s", "t"]
            ),
            (#"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","SessionToken":"","Token":"x"}"#, ["A", "s", nil]),
        ])
    func program(output: String, expected: [String?]) async throws {
        let world = World(
            environment: Self.offline,
            config: "[default]\ncredential_process = '/opt/my tools/get' --for \"a b\" c\\ d\n",
            programs: [["/opt/my tools/get", "--for", "a b", "c d"]: output])
        #expect(try await world.find().exposed == expected)
    }

    @Test(
        "what is no answer of a program",
        arguments: [
            ("", "it is not the JSON that was expected"), ("AKIA s", "it is not the JSON that was expected"),
            (#"{"AccessKeyId":"A","SecretAccessKey":"s"}"#, "its Version is not 1"),
            (#"{"Version":2,"AccessKeyId":"A","SecretAccessKey":"s"}"#, "its Version is not 1"),
            (#"{"Version":"1","AccessKeyId":"A","SecretAccessKey":"s"}"#, "it is not the JSON that was expected"),
            (#"{"Version":1,"SecretAccessKey":"s"}"#, "it has no AccessKeyId"),
            (#"{"Version":1,"AccessKeyId":"A"}"#, "it has no SecretAccessKey"),
            (#"{"Version":1,"AccessKeyId":"","SecretAccessKey":"s"}"#, "the access key id is empty"),
            (
                #"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"tomorrow"}"#,
                "its Expiration is not a date of ISO 8601"
            ),
        ])
    func noAnswer(output: String, reason: String) async throws {
        let world = World(
            environment: Self.offline, config: "[default]\ncredential_process = get\n", programs: [["get"]: output])
        #expect(
            await world.failure()
                == .failed(source: "credential_process of profile default", .malformed(reason: reason)))
    }

    @Test(
        "what is no command line",
        arguments: [
            ("get 'it", "it has a quote that is not closed"), ("get \\", "it ends with a backslash"),
            ("", "it names no program"),
        ])
    func noCommand(line: String, reason: String) async throws {
        let world = World(environment: Self.offline, config: "[default]\ncredential_process = \(line)\n")
        #expect(
            await world.failure()
                == .failed(source: "credential_process of profile default", .misconfigured(reason: reason)))
    }

    @Test("a program that fails is an error, and may work the next time")
    func failingProgram() async throws {
        let error = await World(environment: Self.offline, config: "[default]\ncredential_process = x\n").failure()
        #expect(
            error
                == .failed(
                    source: "credential_process of profile default", .process(reason: "no such program: [\"x\"]")))
        #expect(error?.retryAdvice == .transient)
    }
}
