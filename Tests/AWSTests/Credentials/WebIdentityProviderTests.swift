import Domain
import Foundation
import TestSupport
import Testing

@testable import AWS

/// Token files, by the environment and by profiles; among them the four recorded exchanges, from their files on.
@Suite struct WebIdentityProviderTests {
    private static let arn = "arn:aws:iam::111122223333:role"

    @Test("as it was recorded, from the environment and the files", arguments: WebIdentityReplayTests.recordings)
    func recorded(_ recording: WebIdentityReplayTests.Recording) async throws {
        let folder = "web_identity/\(recording.folder)"
        var world = World(
            environment: try Vectors.decode([String: String].self, "\(folder)/env.json"),
            // The authors left account numbers that no real one has.
            config: ((try? Vectors.text("\(folder)/fs/home/.aws/config")) ?? "")
                .replacing("::123456789:", with: "::000123456789:")
                .replacing("::1234567890123:", with: "::123456789012:"))
        world.files["/token.jwt"] = try Vectors.text("\(folder)/fs/token.jwt")
        let token = world.files["/token.jwt"]?.trimmingCharacters(in: .newlines)
        let exchanges = try recording.exchanges().map { exchange in
            StubHTTPClient.Exchange.answer(
                exchange.status, Secret(exchange.answer), fields: exchange.answerFields
            ) { request in
                #expect(request.url.text == exchange.url)
                #expect(request.form["Action"] == exchange.form["Action"])
                if exchange.form["WebIdentityToken"] != nil { #expect(request.form["WebIdentityToken"] == token) }
            }
        }
        let profile = world.environment["AWS_PROFILE"] ?? "default"
        let expected = try recording.expected()
        guard let credentials = expected.Ok else {
            guard
                case .failed("web identity token of profile B", .sts(_, .service(let fault)))? =
                    await world.failure(profile: profile, exchanges)
            else {
                Issue.record("another error")
                return
            }
            #expect(expected.ErrorContains?.hasPrefix("\(fault.code ?? "")Exception: ") == true)
            return
        }
        let found = try await world.find(profile: profile, exchanges)
        #expect(found.exposed == [credentials.access_key_id, credentials.secret_access_key, credentials.session_token])
        #expect(found.credentials.expiration?.timeIntervalSince1970 == credentials.expiry)
    }

    /// A profile and an environment that name different things.
    private func world() -> World {
        var world = World(
            environment: [
                "AWS_WEB_IDENTITY_TOKEN_FILE": "/env", "AWS_ROLE_ARN": "\(Self.arn)/env",
                "AWS_ROLE_SESSION_NAME": "env", "AWS_EC2_METADATA_DISABLED": "true",
            ],
            config: """
                [profile a]
                web_identity_token_file = /profile
                role_arn = \(Self.arn)/profile
                role_session_name = profile
                """)
        world.files = ["/env": "from.the.environment\n", "/profile": "from.the.profile\n"]
        return world
    }

    @Test("the environment goes before the profile, but for a profile named by flag", arguments: [false, true])
    func precedence(isExplicit: Bool) async throws {
        let name = isExplicit ? "profile" : "env"
        _ = try await world().find(
            profile: "a", isExplicit: isExplicit,
            [
                .session("ASIAWEB", by: "AssumeRoleWithWebIdentity") { request in
                    #expect(request.form["RoleArn"] == "\(Self.arn)/\(name)")
                    #expect(request.form["RoleSessionName"] == name)
                    #expect(
                        request.form["WebIdentityToken"] == (isExplicit ? "from.the.profile" : "from.the.environment"))
                    #expect(request.values("Authorization").isEmpty)
                }
            ])
    }

    @Test("each setting is looked for by itself")
    func mixed() async throws {
        var world = world()
        world.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = nil
        _ = try await world.find(
            profile: "a",
            [
                .session("ASIAWEB", by: "AssumeRoleWithWebIdentity") { request in
                    #expect(request.form["RoleArn"] == "\(Self.arn)/env")
                    #expect(request.form["WebIdentityToken"] == "from.the.profile")
                }
            ])
    }

    @Test("a token without a role, and a file that is not there, are errors")
    func incomplete() async throws {
        var world = world()
        world.environment["AWS_ROLE_ARN"] = nil
        #expect(
            await world.failure() == .failed(source: "web identity token", .incomplete(missing: "AWS_ROLE_ARN")))
        world.config = "[profile a]\nweb_identity_token_file = /profile\n"
        #expect(
            await world.failure(profile: "a", isExplicit: true)
                == .failed(source: "web identity token of profile a", .incomplete(missing: "role_arn")))
        world = self.world()
        world.files = [:]
        #expect(
            await world.failure()
                == .failed(source: "web identity token", .unreadable(path: "/env", reason: "there is no such file")))
    }
}
