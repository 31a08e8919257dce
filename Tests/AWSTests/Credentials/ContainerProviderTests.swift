import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import AWS

@Suite struct ContainerProviderTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        struct Expected: Decodable, Sendable {
            let Ok: String?
            let ErrorContains: String?
        }
        let docs: String
        let env: [String: String]
        let result: Expected

        var testDescription: String { docs }
    }

    private struct File: Decodable { let tests: [Case] }

    static let cases = (try? Vectors.decode(File.self, "ecs-tests.json"))?.tests ?? []

    static let answer: Secret = """
        {"AccessKeyId": "ASIATASK", "SecretAccessKey": "s/k", "Token": "t=", "Expiration": "2026-03-04T11:06:07Z",
         "AccountId": "111122223333", "RoleArn": "TASK_ROLE"}
        """

    /// A container whose environment names the ordinary endpoint.
    private func container(_ more: [String: String] = [:]) -> World {
        World(
            environment: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x", "AWS_EC2_METADATA_DISABLED": "true"]
                .merging(more) { $1 })
    }

    @Test("all 11 cases are there") func completeness() { #expect(Self.cases.count == 11) }

    @Test("as the SDKs have it", arguments: cases)
    func endpoint(_ test: Case) async throws {
        var world = World(environment: test.env)
        world.environment["AWS_EC2_METADATA_DISABLED"] = "true"
        guard let url = test.result.Ok else {
            switch await world.failure() {
            case .nothingFound(let passedOver)?:
                #expect(test.result.ErrorContains?.hasPrefix("No environment variables were set") == true)
                let container = try #require(passedOver.first { $0.source == "container endpoint" })
                #expect(container.reason.hasPrefix("neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor"))
            case .failed("container endpoint", .misconfigured(let reason))?:
                #expect(test.result.ErrorContains == "URI did not specify a host")
                #expect(reason.hasPrefix("AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL"))
            case let error: Issue.record("\(String(describing: error))")
            }
            return
        }
        let found = try await world.find([
            .answer(200, Self.answer) { request in
                #expect(request.url.text == url)
                #expect(request.method == .get && request.body.isEmpty)
                #expect(request.purpose == .machineCredentials)
                #expect(request.values("Authorization").isEmpty)
                #expect(request.limits.total <= .seconds(2))
            }
        ])
        #expect(found.exposed == ["ASIATASK", "s/k", "t="])
        #expect(found.credentials.expiration == TestValues.date.addingTimeInterval(6 * 3600))
        #expect(found.source == "container endpoint")
    }

    @Test(
        "another place is not asked",
        arguments: [
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://192.0.2.1/c"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.169.254/c"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "ftp://localhost/"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://user@localhost/"),
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", ".evil.example/c"),
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "@evil.example/c"),
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", ":8080/c"),
        ])
    func refusedPlace(variable: String, value: String) async throws {
        guard
            case .failed("container endpoint", .misconfigured(let reason))? =
                await World(environment: [variable: value]).failure()
        else {
            Issue.record("it was not refused")
            return
        }
        #expect(reason.hasPrefix(variable))
    }

    @Test("the token of the file goes before that of the variable, without the file's line end")
    func tokenFile() async throws {
        var world = container([
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "variable",
        ])
        world.files["/token"] = "Bearer file\n"
        _ = try await world.find([
            .answer(200, Self.answer) { #expect($0.values("Authorization") == ["Bearer file"]) }
        ])
        let plain = container(["AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic x"])
        _ = try await plain.find([.answer(200, Self.answer) { #expect($0.values("Authorization") == ["Basic x"]) }])
    }

    @Test("a token that would begin another field is not sent, nor is one that cannot be read replaced")
    func badToken() async throws {
        let broken = container(["AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nX: b"])
        #expect(
            await broken.failure()
                == .failed(
                    source: "container endpoint", .misconfigured(reason: "the authorization token has a line end")))
        for (path, reason) in [("/locked", "permission denied"), ("/none", "there is no such file")] {
            let world = container([
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": path, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "x",
            ])
            #expect(
                await world.failure()
                    == .failed(source: "container endpoint", .unreadable(path: path, reason: reason)))
        }
    }

    @Test("it is asked three times, with a second between")
    func attempts() async throws {
        let world = container()
        let lost = HTTPError.connectionLost(host: "169.254.170.2", reason: "")
        _ = try await world.find([.failure(lost), .answer(503), .answer(200, Self.answer)])
        #expect(world.clock.now() == TestValues.date.addingTimeInterval(2))
        let failing = container()
        #expect(
            await failing.failure([.failure(lost), .answer(500), .answer(502)])
                == .failed(source: "container endpoint", .answered(status: 502, message: nil)))
    }

    @Test("a refusal is one for good, and no other place is tried", arguments: [302, 400, 403, 404])
    func refused(status: Int) async throws {
        #expect(
            await container().failure([.answer(status, Self.answer)])
                == .failed(source: "container endpoint", .answered(status: status, message: nil)))
    }

    @Test(
        "what is not credentials is none",
        arguments: [
            ("", "it is not the JSON that was expected"), ("[]", "it is not the JSON that was expected"),
            ("{}", "it has no AccessKeyId"), ("AccessKeyId", "it has no AccessKeyId"),
            ("SecretAccessKey", "it has no SecretAccessKey"), ("Token", "it has no Token"),
            ("Expiration", "it has no Expiration"), ("2026-03-04T", "its Expiration is not a date of ISO 8601"),
            ("ASIATASK", "the access key id is empty"),
        ])
    func malformed(part: String, reason: String) async throws {
        let whole = Self.answer.exposedText
        let isKey = whole.contains("\"\(part)\"") && part != "ASIATASK"
        let body =
            isKey
            ? whole.replacing("\"\(part)\"", with: "\"Other\"")
            : whole.contains(part) && !part.isEmpty ? whole.replacing(part, with: "") : part
        #expect(
            await container().failure([.answer(200, Secret(body))])
                == .failed(source: "container endpoint", .malformed(reason: reason)))
    }

    @Test("credentials that could break out of a line are refused, and show nowhere")
    func controlCharacter() async throws {
        let body = Secret(Self.answer.exposedText.replacing("s/k", with: "s\\nk"))
        let error = await container().failure([.answer(200, body)])
        #expect(
            error
                == .failed(
                    source: "container endpoint", .malformed(reason: "the secret access key has a control character")))
    }
}
