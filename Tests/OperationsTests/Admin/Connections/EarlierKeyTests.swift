import AzureDevOps
import Domain
import Testing

@testable import Operations

@Suite struct EarlierKeyTests {
    private static let key = EarlierKey(id: "AKIAIOSFODNN7EXAMPLE", role: "arn:aws:iam::111122223333:role/deploy")

    @Test(
        "a note is read back, and taken away without a trace",
        arguments: ["", "of the shop", " ends with a space ", "[keyless] is what moved it", "two\nlines"],
        [key, EarlierKey(id: "AKIAIOSFODNN7EXAMPLE", role: nil)])
    func roundTrip(text: String, key: EarlierKey) {
        let noted = key.noted(in: text)
        #expect(noted.hasPrefix(text) && noted != text)
        #expect(EarlierKey(in: noted) == key)
        #expect(EarlierKey.removed(from: noted) == text)
    }

    @Test("there is one note at most, the last one, and what people write behind it stays")
    func replaced() {
        let older = EarlierKey(id: "AKIAI44QH8DHBEXAMPLE", role: nil).noted(in: "of the shop")
        let noted = Self.key.noted(in: older + " since May")
        #expect(EarlierKey(in: noted) == Self.key)
        #expect(EarlierKey.removed(from: noted) == "of the shop since May")
    }

    @Test(
        "what is no note is none",
        arguments: [
            "", "of the shop", "[keyless: it had the access key ]", "[keyless: it had the access key AKIA]",
            "[keyless: it had the access key AKIAIOSFODNN7EXAMPLE",
            "[keyless: it had the access key akiaiosfodnn7example]",
            "[keyless: it had the access key AKIAIOSFODNN7EXAMPLE; rm -rf /]",
        ])
    func noNote(text: String) {
        #expect(EarlierKey(in: text) == nil)
    }

    @Test("the note goes where the description came from, and nothing else changes")
    func connection() throws {
        let connection = try Self.connection(#""username":"AKIAIOSFODNN7EXAMPLE","assumeRoleArn":"arn:r""#)
        let noted = connection.notingKey
        let words = "of the shop [keyless: it had the access key AKIAIOSFODNN7EXAMPLE, with which it assumed arn:r]"
        #expect(noted.description == words)
        #expect(Self.descriptions(of: noted) == [words, "another's", nil])
        #expect(noted.forgettingKey == connection)
        #expect(connection.earlierKey == nil && connection.keyID == "AKIAIOSFODNN7EXAMPLE")
    }

    @Test("the other project finds the note too")
    func otherProject() throws {
        let text = #"another's [keyless: it had the access key AKIAIOSFODNN7EXAMPLE]"#
        let connection = try Self.connection(#""useOIDC":"true""#, other: text)
        #expect(connection.keyID == "AKIAIOSFODNN7EXAMPLE")
        #expect(Self.descriptions(of: connection.forgettingKey) == ["of the shop", "another's", nil])
    }

    @Test("a key that was left in a connection on OIDC is the one it had, and is still to be taken out")
    func left() throws {
        let role = try RoleARN("arn:aws:iam::111122223333:role/deploy")
        let parameters = #""useOIDC":"true","username":"AKIAIOSFODNN7EXAMPLE","assumeRoleArn":"\#(role)""#
        let connection = try Self.connection(parameters)
        #expect(connection.earlierKey == EarlierKey(id: "AKIAIOSFODNN7EXAMPLE", role: nil))
        #expect(!connection.isOnOIDC(with: role))
        #expect(connection.notingKey.description?.hasSuffix("had the access key AKIAIOSFODNN7EXAMPLE]") == true)
        let without = parameters.replacing("AKIAIOSFODNN7EXAMPLE", with: "")
        #expect(try Self.connection(without).isOnOIDC(with: role))
    }

    private static func connection(_ parameters: String, other: String = "another's") throws -> ServiceConnection {
        let json = """
            {"id":"5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0010","name":"aws-prod","type":"aws","data":{},
             "description":"of the shop","authorization":{"scheme":"UsernamePassword","parameters":{\(parameters)}},
             "serviceEndpointProjectReferences":[
              {"projectReference":{"id":"1"},"name":"aws-prod","description":"of the shop"},
              {"projectReference":{"id":"2"},"name":"aws-shop","description":"\(other)"},
              {"projectReference":{"id":"3"},"name":"aws-third"}]}
            """
        let document = try #require(JSONValue.object(Array(json.utf8)))
        return try #require(ServiceConnection(document))
    }

    private static func descriptions(of connection: ServiceConnection) -> [String?] {
        guard case .list(let references)? = connection.document["serviceEndpointProjectReferences"] else { return [] }
        return references.map { reference in
            if case .members(let members) = reference { members["description"]?.textValue } else { nil }
        }
    }
}
