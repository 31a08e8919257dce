import Domain
import Testing

@testable import AzureDevOps

@Suite struct ServiceConnectionTests {
    private func connection(_ parameters: String) throws -> ServiceConnection {
        try #require(ServiceConnection(ConnectionSample.document(parameters: parameters)))
    }

    @Test("what a document says")
    func document() throws {
        let connection = try connection(ConnectionSample.parameters)
        #expect(connection.id.text == ConnectionSample.id)
        #expect(connection.name == "aws-prod")
        #expect(connection.type == "aws")
        #expect(connection.description == "of the shop")
        #expect(connection.isReady)
        #expect(connection.operationState == ServiceConnection.OperationState(state: "Ready", message: ""))
        #expect(connection.scheme == "UsernamePassword")
        #expect(connection.accessKeyID == "AKIAOLD")
        #expect(!connection.usesOIDC)
        #expect(connection.roleARN == nil)
        #expect(connection.projectReferences.map(\.name) == ["aws-prod", "aws-shared"])
        #expect(connection.projectReferences.first?.project == ConnectionSample.project)
        #expect(!connection.isPartial)
    }

    @Test("a document without an id is no connection", arguments: ["{}", #"{"id":"aws-prod"}"#, #"{"id":1}"#])
    func noID(json: String) {
        #expect(JSONValue.object(Array(json.utf8)).flatMap { ServiceConnection($0) } == nil)
    }

    @Test(
        "OIDC is on where its text says so",
        arguments: [
            (#""true""#, true), (#""True""#, true), ("true", true), (#""false""#, false), (#""""#, false),
            ("null", false), ("false", false), ("1", false),
        ])
    func oidc(value: String, expected: Bool) throws {
        #expect(try connection(#"{"useOIDC":\#(value)}"#).usesOIDC == expected)
    }

    @Test(
        "a session token is there where it is masked or told, and never kept",
        arguments: [
            (#""sessionToken":null"#, true), (#""SessionToken":"IQoJb3JpZ2lu""#, true), (#""sessionToken":"""#, false),
            (#""useOIDC":"false""#, false),
        ])
    func sessionToken(member: String, expected: Bool) throws {
        let connection = try connection("{\(member),\"password\":\"kept-by-nobody\"}")
        #expect(connection.hasSessionToken == expected)
        var dumped = ""
        dump(connection, to: &dumped)
        #expect(!dumped.contains("IQoJb3JpZ2lu") && !dumped.contains("kept-by-nobody"))
    }

    @Test("parameters are found in either case of letters")
    func letters() throws {
        let connection = try connection(#"{"UserName":"AKIAOLD","AssumeRoleARN":"arn:r","UseOidc":"true"}"#)
        #expect(connection.accessKeyID == "AKIAOLD")
        #expect(connection.roleARN == "arn:r")
        #expect(connection.usesOIDC)
    }

    @Test(
        "a document that lacks what an update needs is partial",
        arguments: ["type", "data", "authorization", "serviceEndpointProjectReferences"])
    func partial(member: String) throws {
        let connection = try #require(ServiceConnection(ConnectionSample.document(leavingOut: [member])))
        #expect(connection.isPartial)
        #expect(try self.connection("null").isPartial)
    }

    @Test("a connection that failed says why")
    func failed() throws {
        var document = ConnectionSample.document(leavingOut: ["isReady"])
        document["operationStatus"] = .members(["state": "Failed", "statusMessage": "no"])
        let connection = try #require(ServiceConnection(document))
        #expect(!connection.isReady)
        #expect(connection.operationState == ServiceConnection.OperationState(state: "Failed", message: "no"))
    }
}
