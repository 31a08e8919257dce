import Emulator
import Foundation
import Testing

@Suite("The update of a service connection")
struct ServiceEndpointUpdateTests {
    @Test("stores what is put, and tells no secret") func stores() async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.update {
                $0["description"] = "rotated"
                $0.change("authorization") {
                    $0.change("parameters") { $0.merge(["username": "AKIANEW", "sessionToken": ""]) { $1 } }
                }
                // Only the service sets these.
                $0.merge(["isReady": false, "isShared": true, "createdBy": ["id": "me"]]) { $1 }
            }
            #expect(answer.status == 200)
            #expect(!answer.body.contains(Sandbox.newSecret))
            #expect(try answer.json().parameters?["password"] is NSNull)
            #expect(try answer.json().parameters?["username"] as? String == "AKIANEW")
            #expect(try answer.json()["isReady"] as? Bool == true)
            let stored = try #require(sandbox.azure[connection: "aws-prod"])
            #expect(stored.parameters["password"] == Sandbox.newSecret)
            #expect(stored.parameters["username"] == "AKIANEW")
            #expect(stored.parameters["sessionToken"] == "")
            #expect(stored.description == "rotated")
            #expect(sandbox.canaries.contains(Sandbox.newSecret))
            #expect(sandbox.log.count(FaultPlan.write) == 1)
            // The token that the job gets for it is the same as before.
            #expect(try await sandbox.askForToken("?api-version=7.1&serviceConnectionId=\(stored.id)").status == 200)
            #expect(sandbox.log.records.allSatisfy { !$0.jsonLine.contains(Sandbox.newSecret) })
        }
    }

    @Test("resets every secret that it leaves out or gives as null", arguments: [true, false])
    func resets(isNull: Bool) async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure { $0[connection: "aws-prod"]?.parameters["sessionToken"] = "stale" }
            _ = try await sandbox.update {
                $0.change("authorization") {
                    $0.change("parameters") {
                        for name in ["password", "sessionToken"] { $0[name] = isNull ? NSNull() : nil }
                        $0["roleSessionName"] = nil
                    }
                }
            }
            let stored = try #require(sandbox.azure[connection: "aws-prod"])
            #expect(stored.parameters.keys.sorted() == ["assumeRoleArn", "externalId", "useOIDC", "username"])
        }
    }

    @Test("keeps secrets given as null, where the world is such, and only those") func keeps() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure { $0.keepsSecretsGivenAsNull = true }
            let before = try #require(sandbox.azure[connection: "aws-prod"]).parameters
            _ = try await sandbox.update {
                $0.change("authorization") {
                    $0.change("parameters") { $0.merge(["password": NSNull(), "username": NSNull()]) { $1 } }
                }
            }
            let after = try #require(sandbox.azure[connection: "aws-prod"]).parameters
            #expect(after["password"] == before["password"])
            #expect(after["username"] == nil)
        }
    }

    @Test("takes the connection from projects that it leaves out, and gives it new names") func references()
        async throws
    {
        try await Sandbox.with { sandbox async throws in
            let shared = try #require(sandbox.azure[connection: "aws-shared"])
            let answer = try await sandbox.update(shared.id) {
                $0["serviceEndpointProjectReferences"] = [
                    ["projectReference": ["name": "Other Project"], "name": "renamed"]
                ]
            }
            #expect(try answer.json()["isShared"] as? Bool == false)
            #expect(try await sandbox.endpoint(shared.id).body == "null")
            #expect(try await sandbox.names("", project: Sandbox.otherProject) == ["aws-prod", "renamed"])
        }
    }

    @Test("keeps a description that it leaves out, and nothing else") func description() async throws {
        try await Sandbox.with { sandbox async throws in
            let shared = try #require(sandbox.azure[connection: "aws-shared"])
            _ = try await sandbox.update(shared.id) {
                $0["description"] = nil
                $0["data"] = nil
                $0["url"] = nil
            }
            let after = try #require(sandbox.azure[connection: "aws-shared"])
            #expect(after.description == shared.description)
            #expect(after.url == "https://aws.amazon.com/")
            #expect(after.references == shared.references)
        }
    }

    @Test(
        "is refused where it is not of this connection, or no connection",
        arguments: [
            ("id", "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0013", 400, "does not match"), ("id", nil, 400, "does not match"),
            ("type", "generic", 400, "type cannot be updated"), ("type", nil, 400, "endpoint.Type"),
            ("serviceEndpointProjectReferences", nil, 400, "At least one project reference"),
            ("authorization", nil, 400, "endpoint.Authorization"), ("owner", "me", 400, "owner"),
            ("description", 7, 400, "is not a string"),
        ] as [(String, (any Sendable)?, Int, String)])
    func refused(member: String, value: (any Sendable)?, status: Int, text: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let before = try #require(sandbox.azure[connection: "aws-prod"]).parameters
            let answer = try await sandbox.update { $0[member] = value }
            #expect(answer.status == status)
            #expect(try answer.json()["typeKey"] as? String == "ArgumentException")
            #expect(answer.body.contains(text), "\(answer.body)")
            #expect(sandbox.azure[connection: "aws-prod"]?.parameters == before)
        }
    }

    @Test("is refused for references that name no project, no name, or a name that is taken")
    func wrongReferences() async throws {
        try await Sandbox.with { sandbox async throws in
            let own = ["name": "Web Shop"]
            let cases: [([[String: Any]], Int, String)] = [
                ([], 400, "At least one project reference"), ([["name": "x"]], 400, "is not provided"),
                ([["projectReference": own]], 400, "cannot be null or empty"),
                ([["projectReference": ["name": "None"], "name": "x"]], 404, "TF200016"),
                ([["projectReference": own, "name": "AWS-test"]], 409, "already exists"),
                (
                    [["projectReference": own, "name": "x"], ["projectReference": own, "name": "y"]], 400,
                    "more than once"
                ),
            ]
            for (references, status, text) in cases {
                let answer = try await sandbox.update { $0["serviceEndpointProjectReferences"] = references }
                #expect(answer.status == status)
                #expect(answer.body.contains(text), "\(answer.body)")
            }
            #expect(sandbox.azure[connection: "aws-prod"]?.references == [.init(name: "aws-prod")])
        }
    }

    @Test("is refused for another scheme, for parameters that are no texts, and for what is no JSON object")
    func wrongBody() async throws {
        try await Sandbox.with { sandbox async throws in
            let scheme = try await sandbox.update { $0.change("authorization") { $0["scheme"] = "Token" } }
            #expect(scheme.body.contains("'Token' is not supported"))
            let bool = try await sandbox.update {
                $0.change("authorization") { $0.change("parameters") { $0["useOIDC"] = true } }
            }
            #expect(bool.body.contains("'parameters.useOIDC' is not a string"))
            let path = "/_apis/serviceendpoint/endpoints/\(Sandbox.connectionID)?api-version=7.1"
            for body in ["", "[]", "{"] {
                #expect(try await sandbox.azure("PUT", path, body: body).body.contains("ArgumentNullException"))
            }
            let form = try await sandbox.azure(
                "PUT", path, as: ["--user", ":\(sandbox.personalAccessToken)", "-d", "x=y"])
            #expect(form.status == 415)
            var object = try await sandbox.endpoint().json()
            object["id"] = "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6cffff"
            #expect(try await sandbox.put(object, at: "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6cffff").status == 404)
        }
    }

    @Test("is not ready at once, where the world is such, and is listed with the failed ones until then")
    func readiness() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure { $0.readyAfterReads = 2 }
            let answer = try await sandbox.update()
            #expect(try answer.json()["isReady"] as? Bool == false)
            var states: [String?] = []
            #expect(try await sandbox.names("&endpointNames=aws-prod") == [])
            for _ in 0..<3 {
                let object = try await sandbox.endpoint().json()
                states.append((object["operationStatus"] as? [String: Any])?["state"] as? String)
                #expect(object["isReady"] as? Bool == (states.last == "Ready"))
            }
            #expect(states == ["InProgress", "InProgress", "Ready"])
            #expect(try await sandbox.names("&endpointNames=aws-prod") == ["aws-prod"])
        }
    }

    @Test("fails, where the world is such, when it has been stored", arguments: [0, 1]) func failure(reads: Int)
        async throws
    {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure { ($0.updateFails, $0.readyAfterReads) = (true, reads) }
            _ = try await sandbox.update()
            for _ in 0..<reads { _ = try await sandbox.endpoint() }
            let object = try await sandbox.endpoint().json()
            #expect((object["operationStatus"] as? [String: Any])?["state"] as? String == "Failed")
            #expect(object["isReady"] as? Bool == false)
            #expect(try await sandbox.names("&endpointNames=aws-prod") == [])
            #expect(try await sandbox.names("&endpointNames=aws-prod&includeFailed=true") == ["aws-prod"])
            #expect(sandbox.azure[connection: "aws-prod"]?.parameters["password"] == Sandbox.newSecret)
        }
    }
}
