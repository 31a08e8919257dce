import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import AWS

@Suite struct SSOProviderTests {
    private static let answer: Secret = """
        {"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "t",
                             "expiration": 1772604367999}}
        """
    private static let token = #"{"accessToken": "TOKEN", "expiresAt": "2026-03-04T06:00:00Z", "startUrl": "x"}"#
    /// The SHA-1 of `corp`, as sha1sum has it.
    private static let sessionFile = "/h/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"
    /// The SHA-1 of `https://corp.awsapps.com/start`.
    private static let urlFile = "/h/.aws/sso/cache/a51746d4aa793ae07b25e90c3a5db96fc7832bd7.json"
    private static let source = "single sign-on of profile admin"

    private static let config = """
        [profile admin]
        sso_session = corp
        sso_account_id = 111122223333
        sso_role_name = Admin/Role
        [sso-session corp]
        sso_start_url = https://corp.awsapps.com/start
        sso_region = eu-west-1
        """
    private static let legacyConfig = """
        [profile admin]
        sso_start_url = https://corp.awsapps.com/start
        sso_region = eu-west-1
        sso_account_id = 111122223333
        sso_role_name = Admin/Role
        """

    private func world(_ config: String = config, token: String = token, in file: String = sessionFile) -> World {
        World(
            environment: ["HOME": "/h", "AWS_EC2_METADATA_DISABLED": "true"], config: config, files: [file: token])
    }

    private func failure(_ world: World, _ exchanges: StubHTTPClient.Exchange...) async -> CredentialFailure? {
        guard case .failed(Self.source, let failure)? = await world.failure(profile: "admin", exchanges) else {
            return nil
        }
        return failure
    }

    @Test(
        "the token of the session, or of the start URL, becomes credentials",
        arguments: [
            (config, sessionFile, token), (legacyConfig, urlFile, token),
            (legacyConfig, urlFile, token.replacing("00Z", with: "00UTC")),
            (config, sessionFile, token.replacing("00Z", with: "00.123Z")),
        ])
    func signedIn(config: String, file: String, token: String) async throws {
        let found = try await world(config, token: token, in: file).find(
            profile: "admin",
            [
                .answer(200, Self.answer) { request in
                    #expect(request.method == .get)
                    #expect(
                        request.url.text
                            == "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials"
                            + "?role_name=Admin%2FRole&account_id=111122223333")
                    #expect(request.values("x-amz-sso_bearer_token") == ["TOKEN"])
                    #expect(request.purpose == .service)
                    #expect(request.values("Authorization").isEmpty)
                }
            ])
        #expect(found.exposed == ["ASIASSO", "s", "t"])
        #expect(found.credentials.expiration == TestValues.date.addingTimeInterval(3600))
        #expect(found.source == Self.source)
    }

    @Test("China has hosts of its own")
    func china() async throws {
        let world = world(Self.config.replacing("eu-west-1", with: "cn-north-1"))
        _ = try await world.find(
            profile: "admin",
            [.answer(200, Self.answer) { #expect($0.url.host == "portal.sso.cn-north-1.amazonaws.com.cn") }])
    }

    @Test(
        "who has to sign in is told how, and nothing is sent",
        arguments: [
            ("2026-03-04T05:06:07Z", "the sign-in expired at 2026-03-04T05:06:07Z"),
            ("2020-01-01T00:00:00UTC", "the sign-in expired at 2020-01-01T00:00:00Z"),
        ])
    func expired(expiration: String, reason: String) async throws {
        let world = world(token: Self.token.replacing("2026-03-04T06:00:00Z", with: expiration))
        #expect(
            await failure(world) == .signInRequired(command: "aws sso login --profile admin", reason: reason))
    }

    @Test("so is who never has, and whose sign-in AWS has ended")
    func notSignedIn() async throws {
        let command = "aws sso login --profile admin"
        #expect(
            await failure(world(in: Self.urlFile))
                == .signInRequired(command: command, reason: "nobody has signed in"))
        #expect(
            await failure(world(), .answer(401, #"{"message": "Session token not found or invalid"}"#))
                == .signInRequired(command: command, reason: "AWS does not accept the sign-in any more"))
    }

    @Test(
        "a file that is no token is an error",
        arguments: ["", "[]", "{}", #"{"accessToken": "TOKEN"}"#, #"{"accessToken": "TOKEN", "expiresAt": "soon"}"#])
    func brokenToken(text: String) async throws {
        #expect(
            await failure(world(token: text))
                == .unreadable(path: Self.sessionFile, reason: "it is no token of single sign-on"))
    }

    @Test(
        "half of a configuration is an error",
        arguments: ["sso_account_id", "sso_role_name", "sso_start_url", "sso_region"])
    func incomplete(key: String) async throws {
        for config in [Self.config, Self.legacyConfig] {
            let world = world(config.replacing(key, with: "x_\(key)"))
            #expect(await failure(world) == .incomplete(missing: key))
        }
    }

    @Test("a session that is not there, one that contradicts the profile, a region that is none")
    func misconfigured() async throws {
        #expect(
            await failure(world(Self.config.replacing("[sso-session corp]", with: "[sso-session other]")))
                == .misconfigured(reason: "there is no [sso-session corp] in the config file"))
        #expect(
            await failure(world(Self.config.replacing("[sso-", with: "sso_region = us-east-1\n[sso-")))
                == .misconfigured(reason: "its sso_region is another one in [sso-session corp]"))
        #expect(
            await failure(world(Self.config.replacing("eu-west-1", with: "evil.example/")))
                == .misconfigured(reason: "its sso_region evil.example/ is not an AWS region"))
    }

    @Test("a refusal is one, and a fault is tried again")
    func refusal() async throws {
        #expect(
            await failure(world(), .answer(403, #"{"message": "No access", "__type": "ForbiddenException"}"#))
                == .answered(status: 403, message: "No access"))
        #expect(
            await failure(world(), .answer(200, "{}")) == .malformed(reason: "it is not the JSON that was expected"))
        let world = world()
        _ = try await world.find(
            profile: "admin",
            [.answer(500), .answer(429), .failure(.connectionLost(host: "h", reason: "")), .answer(200, Self.answer)])
    }

    @Test("no error shows the token")
    func redaction() async throws {
        for exchange in [StubHTTPClient.Exchange.answer(401, "TOKEN"), .answer(403, "TOKEN"), .answer(200, "TOKEN")] {
            let error = await world().failure(profile: "admin", [exchange])
            #expect(!String(reflecting: error).contains("TOKEN"))
        }
    }
}
