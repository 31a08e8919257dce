import Domain
import Testing

@testable import AzureDevOps

@Suite struct ServiceConnectionUpdateTests {
    private func connection(_ parameters: String = ConnectionSample.parameters) throws -> ServiceConnection {
        try #require(ServiceConnection(ConnectionSample.document(parameters: parameters)))
    }

    /// What the body is where everything but the parameters stays and the read-only members go.
    private func expected(_ parameters: String) -> [String: JSONValue] {
        ConnectionSample.document(parameters: parameters, leavingOut: ["createdBy", "isReady", "operationStatus"])
    }

    private func sent(_ update: ServiceConnectionUpdate) -> [String: JSONValue]? {
        #expect(update.id.text == ConnectionSample.id)
        return update.body.withExposedBytes { JSONValue.object($0) }
    }

    @Test("a new key takes the place of the old one and of its session token, and nothing else changes")
    func replace() throws {
        let update = try connection().replacingAccessKey(ConnectionSample.pair)
        #expect(
            sent(update)
                == expected(
                    """
                    {"username":"AKIANEW","password":"\(ConnectionSample.secretKey.replacing("\"", with: "\\\""))",\
                    "sessionToken":"","assumeRoleArn":"","roleSessionName":"azp","externalId":"x1","useOIDC":"false"}
                    """))
    }

    @Test("OIDC takes the place of the key, of which nothing stays")
    func toOIDC() throws {
        let update = try connection().switchedToOIDC(role: "arn:aws:iam::111122223333:role/deploy")
        #expect(
            sent(update)
                == expected(
                    """
                    {"username":"","password":"","sessionToken":"",\
                    "assumeRoleArn":"arn:aws:iam::111122223333:role/deploy","roleSessionName":"azp","externalId":"x1",\
                    "useOIDC":"true"}
                    """))
    }

    @Test("a key takes the place of OIDC", arguments: [nil, "arn:r"])
    func toKey(role: String?) throws {
        let connection = try connection(#"{"username":"AKIAOLD","assumeRoleArn":"arn:o","useOIDC":"true"}"#)
        let pair = AccessKeyPair(id: "AKIANEW", secret: "s")
        #expect(
            sent(connection.switchedToAccessKey(pair, role: role))
                == expected(
                    """
                    {"username":"AKIANEW","password":"s","sessionToken":"","assumeRoleArn":"\(role ?? "")",\
                    "useOIDC":""}
                    """))
    }

    @Test("a parameter is not there twice, in whatever case of letters it came")
    func letters() throws {
        let update = try connection(#"{"UserName":"AKIAOLD","PASSWORD":null}"#)
            .replacingAccessKey(AccessKeyPair(id: "AKIANEW", secret: "s"))
        #expect(sent(update) == expected(#"{"username":"AKIANEW","password":"s","sessionToken":""}"#))
    }

    @Test("the key's secret is not shown when an update is printed")
    func redacted() throws {
        var dumped = ""
        dump(try connection().replacingAccessKey(ConnectionSample.pair), to: &dumped)
        #expect(!dumped.contains("wJalr"))
    }
}
