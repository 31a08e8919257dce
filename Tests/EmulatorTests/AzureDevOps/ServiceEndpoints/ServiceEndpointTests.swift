import Emulator
import Foundation
import Testing

@Suite("A service connection")
struct ServiceEndpointTests {
    @Test("is given whole, but for its secrets") func whole() async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.endpoint()
            #expect(answer.status == 200)
            #expect(sandbox.canaries.allSatisfy { !answer.body.contains($0) })
            let object = try answer.json()
            #expect(object["id"] as? String == Sandbox.connectionID)
            #expect(object["name"] as? String == "aws-prod")
            #expect(object["type"] as? String == "aws")
            #expect(object["url"] as? String == "https://aws.amazon.com/")
            #expect(object["owner"] as? String == "library")
            #expect(object["data"] as? [String: String] == [:])
            #expect(object["isReady"] as? Bool == true)
            #expect(object["isShared"] as? Bool == false)
            #expect(object["operationStatus"] == nil)
            #expect((object["createdBy"] as? [String: Any])?["displayName"] as? String == "Administrator")
            #expect((object["authorization"] as? [String: Any])?["scheme"] as? String == "UsernamePassword")
            let parameters = try #require(object.parameters)
            let stored = try #require(sandbox.azure[connection: "aws-prod"])
            #expect(parameters["username"] as? String == stored.parameters["username"])
            #expect(parameters["useOIDC"] as? String == "false")
            #expect(parameters["password"] is NSNull)
            #expect(
                parameters.keys.sorted() == [
                    "assumeRoleArn", "externalId", "password", "roleSessionName", "useOIDC", "username",
                ])
        }
    }

    @Test("shows by a null that a session token is stored") func sessionToken() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure { $0[connection: "aws-prod"]?.parameters["sessionToken"] = " " }
            let parameters = try #require(try await sandbox.endpoint().json().parameters)
            #expect(parameters["sessionToken"] is NSNull)
        }
    }

    @Test("goes by another name in another project that has it") func shared() async throws {
        try await Sandbox.with { sandbox async throws in
            let id = try #require(sandbox.azure[connection: "aws-shared"]).id
            for (project, name) in [(Sandbox.project, "aws-shared"), (Sandbox.otherProject, "aws-from-shop")] {
                let object = try await sandbox.endpoint(id, project: project).json()
                #expect(object["name"] as? String == name)
                #expect(object["isShared"] as? Bool == true)
                let references = try #require(object["serviceEndpointProjectReferences"] as? [[String: Any]])
                #expect(references.map { $0["name"] as? String } == ["aws-shared", "aws-from-shop"])
                let projects = references.map { $0["projectReference"] as? [String: String] }
                #expect(projects.map { $0?["name"] } == ["Web Shop", "Other Project"])
                #expect(projects.map { $0?["id"] } == sandbox.azure.projects.prefix(2).map(\.id))
            }
        }
    }

    @Test("is null where there is none, or not in that project") func none() async throws {
        try await Sandbox.with { sandbox async throws in
            let unknown = "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6cffff"
            for (id, project) in [(unknown, Sandbox.project), (Sandbox.connectionID, Sandbox.otherProject)] {
                let answer = try await sandbox.endpoint(id, project: project)
                #expect(answer.status == 200)
                #expect(answer.body == "null")
                #expect(answer.fields["content-type"]?.hasPrefix("application/json") == true)
            }
        }
    }

    @Test(
        "is refused for what is wrong in the request",
        arguments: [
            ("GET", "/Nowhere/_apis/serviceendpoint/endpoints?api-version=7.1", 404, "TF200016"),
            (
                "GET", "/6f9e2f0a-0000-4000-8000-000000000000/_apis/serviceendpoint/endpoints?api-version=7.1", 404,
                "VS800075"
            ),
            ("GET", "/Web%20Shop/_apis/serviceendpoint/endpoints/aws-prod?api-version=7.1", 404, "cannot be found"),
            ("GET", "/Web%20Shop/_apis/serviceendpoint/endpoints", 400, "No api-version"),
            ("GET", "/Web%20Shop/_apis/serviceendpoint/endpoints?api-version=9.9", 400, "out of range"),
            (
                "GET", "/Web%20Shop/_apis/serviceendpoint/endpoints?api-version=7.1&actionFilter=own", 400,
                "ServiceEndpointActionFilter"
            ),
            ("DELETE", "/Web%20Shop/_apis/serviceendpoint/endpoints?api-version=7.1", 405, "'DELETE'"),
            ("GET", "/_apis/serviceendpoint/endpoints/\(Sandbox.connectionID)?api-version=7.1", 405, "'GET'"),
            ("POST", "/_apis/serviceendpoint/endpoints?api-version=7.1", 404, "cannot be found"),
        ])
    func refused(method: String, path: String, status: Int, text: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.azure(method, path)
            #expect(answer.status == status)
            #expect(answer.body.contains(text), "\(answer.body)")
        }
    }

    @Test("takes every name of version 7.1, but the plain one where it is a preview") func versions() async throws {
        try await Sandbox.with { sandbox async throws in
            let path = "/Web%20Shop/_apis/serviceendpoint/endpoints?api-version="
            for version in ["7.1", "7.1-preview", "7.1-preview.4", "7.1-preview.1", "7.2-preview.4"] {
                #expect(try await sandbox.azure("GET", path + version).status == 200)
            }
            #expect(try await sandbox.azure("GET", path + "7.1-preview.5").status == 400)
            sandbox.changeAzure { $0.wantsPreviewVersion = true }
            #expect(try await sandbox.azure("GET", path + "7.1").body.contains("VssInvalidPreviewVersionException"))
            #expect(try await sandbox.azure("GET", path + "7.1-preview.4").status == 200)
        }
    }

    @Test("is listed by name, id and type") func list() async throws {
        try await Sandbox.with { sandbox async throws in
            let all = try await sandbox.names("")
            #expect(
                all == ["aws-prod", "aws-forgotten", "azure-prod", "aws-test", "aws-shared", "registry"])
            #expect(try await sandbox.names("", project: Sandbox.otherProject) == ["aws-prod", "aws-from-shop"])
            #expect(try await sandbox.names("&endpointNames=AWS-test,registry,none") == ["aws-test", "registry"])
            #expect(try await sandbox.names("&endpointIds=\(Sandbox.connectionID)") == ["aws-prod"])
            #expect(try await sandbox.names("&type=AWS&endpointNames=aws-prod,registry") == ["aws-prod"])
            #expect(try await sandbox.names("&type=azurerm") == ["azure-prod"])
            #expect(sandbox.log.records.allSatisfy { $0.operation == "serviceendpoint-list" })
            #expect(sandbox.log.count(FaultPlan.write) == 0)
        }
    }

    @Test("is shown to a reader by its name only, and not where more is wanted of it", arguments: [true, false])
    func reader(isJob: Bool) async throws {
        try await Sandbox.with { sandbox async throws in
            let caller = isJob ? sandbox.asJob : nil
            sandbox.changeAzure { (isJob ? \AzureWorld.jobRole : \.personRole).set(.reader, in: &$0) }
            let object = try await sandbox.endpoint(as: caller).json()
            #expect(object.keys.sorted() == ["id", "isReady", "isShared", "name"])
            #expect(try await sandbox.names("&type=aws", as: caller).count == 4)
            for filter in ["manage", "use", "view"] {
                #expect(try await sandbox.names("&actionFilter=\(filter)", as: caller) == [])
                #expect(
                    try await sandbox.endpoint(
                        "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0010", "&actionFilter=\(filter)", as: caller
                    ).body == "null")
            }
        }
    }

    @Test("is shown to a user, who may not manage it") func user() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure {
                $0.jobRole = .user
                $0[connection: "aws-test"]?.jobRole = .administrator
            }
            #expect(try await sandbox.endpoint(as: sandbox.asJob).json()["type"] as? String == "aws")
            #expect(try await sandbox.names("&actionFilter=use", as: sandbox.asJob).count == 6)
            #expect(try await sandbox.names("&actionFilter=manage", as: sandbox.asJob) == ["aws-test"])
            #expect(try await sandbox.names("&actionFilter=manage").count == 6)
        }
    }
}

extension WritableKeyPath where Root == AzureWorld {
    fileprivate func set(_ value: Value, in world: inout AzureWorld) { world[keyPath: self] = value }
}
