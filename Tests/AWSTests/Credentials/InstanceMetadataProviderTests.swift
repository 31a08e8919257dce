import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import AWS

@Suite struct InstanceMetadataProviderTests {
    private static let answer: Secret = """
        {"Code": "Success", "LastUpdated": "2026-03-04T05:00:00Z", "Type": "AWS-HMAC", "AccessKeyId": "ASIAEC2",
         "SecretAccessKey": "s", "Token": "t", "Expiration": "2026-03-04T11:06:07Z"}
        """
    private static let rolePath = "http://169.254.169.254/latest/meta-data/iam/security-credentials/"

    private func token(_ url: String = "http://169.254.169.254/latest/api/token") -> StubHTTPClient.Exchange {
        .answer(200, "TOKEN") { request in
            #expect(request.method == .put && request.url.text == url)
            #expect(request.values("x-aws-ec2-metadata-token-ttl-seconds") == ["21600"])
            #expect(request.purpose == .machineCredentials)
            #expect(request.limits.total <= .seconds(1) && request.limits.connect <= .seconds(1))
        }
    }

    private func get(_ path: String, _ status: Int = 200, _ body: Secret) -> StubHTTPClient.Exchange {
        .answer(status, body) { request in
            #expect(request.method == .get && request.url.text == path)
            #expect(request.values("x-aws-ec2-metadata-token") == ["TOKEN"])
            #expect(request.purpose == .machineCredentials)
        }
    }

    private func reason(_ error: CredentialError?) throws -> String? {
        guard case .nothingFound(let passedOver)? = error else {
            Issue.record("\(String(describing: error))")
            return nil
        }
        return passedOver.last { $0.source == "EC2 instance metadata" }?.reason
    }

    @Test("a token, the role's name, its credentials")
    func role() async throws {
        let found = try await World().find([
            token(), get(Self.rolePath, 200, "web role\n"), get(Self.rolePath + "web%20role", 200, Self.answer),
        ])
        #expect(found.exposed == ["ASIAEC2", "s", "t"])
        #expect(found.credentials.expiration == TestValues.date.addingTimeInterval(6 * 3600))
    }

    @Test(
        "off EC2 it takes one request, whatever comes of it",
        arguments: [
            (
                StubHTTPClient.Exchange.failure(.timedOut(host: "h", phase: .connect)),
                "nobody answers at 169.254.169.254"
            ),
            (.failure(.cannotConnect(host: "h", reason: "")), "nobody answers at 169.254.169.254"),
            // As a machine of Azure does, which has a metadata service of its own there.
            (.answer(400), "169.254.169.254 gave no token (status 400)"),
            (.answer(404), "169.254.169.254 gave no token (status 404)"),
            (.answer(405), "169.254.169.254 gave no token (status 405)"),
            (.answer(403), "169.254.169.254 gave no token (status 403)"),
            (.answer(200, ""), "169.254.169.254 gave no token (status 200)"),
        ])
    func elsewhere(exchange: StubHTTPClient.Exchange, expected: String) async throws {
        let world = World()
        #expect(try reason(await world.failure([exchange])) == expected)
        #expect(world.clock.now() == TestValues.date)
    }

    @Test("an instance without a role is passed over")
    func noRole() async throws {
        #expect(
            try reason(await World().failure([token(), get(Self.rolePath, 404, "")])) == "the instance has no role")
    }

    @Test("a service that was turned off is not asked", arguments: ["true", "TRUE"])
    func disabled(value: String) async throws {
        let world = World(environment: ["AWS_EC2_METADATA_DISABLED": value])
        #expect(try reason(await world.failure()) == "AWS_EC2_METADATA_DISABLED is true")
    }

    @Test("another endpoint, by the environment before the profile")
    func endpoint() async throws {
        let path = "/latest/meta-data/iam/security-credentials/"
        func exchanges(_ base: String) -> [StubHTTPClient.Exchange] {
            [token("\(base)/latest/api/token"), get(base + path, 200, "r"), get("\(base)\(path)r", 200, Self.answer)]
        }
        var world = World(
            environment: ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://localhost:1338/"],
            config: "[default]\nec2_metadata_service_endpoint = http://127.0.0.1:99\n")
        _ = try await world.find(exchanges("http://localhost:1338"))
        world.environment = [:]
        _ = try await world.find(exchanges("http://127.0.0.1:99"))
        world.config = ""
        world.environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "IPv6"
        _ = try await world.find(exchanges("http://[fd00:ec2::254]"))
    }

    @Test("an endpoint that may not be asked is an error, as is one that is no URL")
    func wrongEndpoint() async throws {
        let world = World(environment: ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://192.0.2.1"])
        let untrusted = HTTPError.untrusted(host: "192.0.2.1", plainHTTP: true)
        #expect(
            await world.failure([.failure(untrusted)])
                == .failed(source: "EC2 instance metadata", .transport(untrusted)))
        let none = World(environment: ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "localhost"])
        guard case .failed("EC2 instance metadata", .misconfigured)? = await none.failure() else {
            Issue.record("it was not refused")
            return
        }
    }

    @Test("behind the token there are three attempts, and failing is an error")
    func attempts() async throws {
        let lost = HTTPError.connectionLost(host: "h", reason: "")
        _ = try await World().find([
            token(), .failure(lost), .answer(500), get(Self.rolePath, 200, "r"), .answer(200, ""),
            get("\(Self.rolePath)r", 200, Self.answer),
        ])
        #expect(
            await World().failure([token(), .answer(500), .answer(500), .failure(lost)])
                == .failed(source: "EC2 instance metadata", .transport(lost)))
    }

    @Test("an error in the place of credentials is told")
    func refusal() async throws {
        let body: Secret = """
            {"Code": "AssumeRoleUnauthorizedAccess", "Message": "EC2 cannot assume the role r"}
            """
        #expect(
            await World().failure([token(), get(Self.rolePath, 200, "r"), get("\(Self.rolePath)r", 200, body)])
                == .failed(
                    source: "EC2 instance metadata",
                    .answered(status: 200, message: "AssumeRoleUnauthorizedAccess: EC2 cannot assume the role r")))
    }
}
