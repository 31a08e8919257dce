import Emulator
import Foundation
import Testing

/// Who may do what, and how often.
@Suite("Azure DevOps, for an administrator with too little,")
struct AzureAccessTests {
    @Test(
        "refuses updates by whoever is no administrator of the connection", arguments: [AzureWorld.Role.reader, .user])
    func roles(role: AzureWorld.Role) async throws {
        try await Sandbox.with { sandbox async throws in
            let object = try await sandbox.endpoint().json()
            sandbox.changeAzure { $0.jobRole = role }
            let refused = try await sandbox.put(object, as: sandbox.asJob)
            #expect(refused.status == 403)
            #expect(try refused.json()["typeKey"] as? String == "AccessCheckException")
            #expect(refused.body.contains("Administrator of the service endpoint"))
            sandbox.changeAzure { $0.jobRole = .administrator }
            #expect(try await sandbox.put(object, as: sandbox.asJob).status == 200)
            sandbox.changeAzure { $0.personRole = role }
            #expect(try await sandbox.put(object).status == 403)
        }
    }

    @Test(
        "refuses what is out of a personal access token's scopes",
        arguments: [
            ([], [401, 401, 401, 401]), (["vso.project"], [401, 401, 401, 200]),
            (["vso.serviceendpoint"], [200, 401, 401, 401]),
            (["vso.serviceendpoint_query"], [200, 401, 401, 401]),
            (["vso.serviceendpoint_manage", "vso.project_manage"], [200, 200, 200, 200]),
        ])
    func scopes(scopes: [String], statuses: [Int]) async throws {
        try await Sandbox.with { sandbox async throws in
            let object = try await sandbox.endpoint().json()
            sandbox.changeAzure { $0.patScopes = Set(scopes) }
            let answers = [
                try await sandbox.endpoint(), try await sandbox.endpoint(Sandbox.connectionID, "&actionFilter=manage"),
                try await sandbox.put(object), try await sandbox.azure("GET", "/_apis/projects?api-version=7.1"),
            ]
            #expect(answers.map(\.status) == statuses)
            #expect(answers.allSatisfy { $0.status == 200 || $0.body.contains("TF400813") })
            // No other token has scopes.
            #expect(try await sandbox.put(object, as: sandbox.asJob).status == 200)
        }
    }

    @Test("blocks whoever asks too much, and warns whoever comes near it") func rateLimit() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure { $0.rateLimit = .init(blocks: 1, retryAfter: 7) }
            let blocked = try await sandbox.endpoint()
            #expect(blocked.status == 429)
            #expect(blocked.body.contains("TF400733"))
            let warned = try await sandbox.endpoint()
            #expect(warned.status == 200)
            for answer in [blocked, warned] {
                #expect(answer.fields["retry-after"] == "7")
                for name in ["resource", "delay", "limit", "remaining", "reset"] {
                    #expect(answer.fields["x-ratelimit-\(name)"]?.isEmpty == false)
                }
            }
            sandbox.changeAzure { $0.rateLimit = nil }
            #expect(try await sandbox.endpoint().fields["retry-after"] == nil)
        }
    }

    @Test("fails as planned", arguments: FaultRule.azureKinds) func faults(kind: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let object = try await sandbox.endpoint().json()
            for operation in ["get", "list", "put"] {
                sandbox.faults.add(try FaultRule("serviceendpoint-\(operation)=\(kind)"))
            }
            let answers = [
                try await sandbox.endpoint(), try await sandbox.put(object),
                try await sandbox.azure("GET", "/Web%20Shop/_apis/serviceendpoint/endpoints?api-version=7.1"),
            ]
            let status = [
                "throttled": 429, "unauthorized": 401, "sign-in-page": 203, "forbidden": 403, "server-error": 500,
                "unavailable": 503,
            ]
            #expect(answers.allSatisfy { $0.status == status[kind] ?? 200 })
            let waits = ["throttled", "delayed"].contains(kind)
            #expect(answers.allSatisfy { ($0.fields["retry-after"] == "1") == waits })
            #expect(sandbox.faults.pending.isEmpty)
        }
    }

    @Test("lists projects in pages") func projects() async throws {
        try await Sandbox.with { sandbox async throws in
            func page(_ query: String) async throws -> (names: [String], next: String?) {
                let answer = try await sandbox.azure("GET", "/_apis/projects?api-version=7.1\(query)")
                let list = try #require(try answer.json()["value"] as? [[String: Any]], "\(answer.body)")
                return (list.compactMap { $0["name"] as? String }, answer.fields["x-ms-continuationtoken"])
            }
            let all = ["Web Shop", "Other Project", "Platform"]
            #expect(try await page("") == (all, nil))
            #expect(try await page("&$top=2") == (["Web Shop", "Other Project"], "2"))
            #expect(try await page("&$top=2&continuationToken=2") == (["Platform"], nil))
            #expect(try await page("&$top=1&$skip=1") == (["Other Project"], "2"))
            #expect(try await page("&$skip=3") == ([], nil))
            sandbox.changeAzure { $0.projectPageSize = 1 }
            #expect(try await page("") == (["Web Shop"], "1"))
            #expect(try await sandbox.azure("GET", "/_apis/projects?api-version=7.1&$top=x").status == 400)
            #expect(try await sandbox.azure("GET", "/_apis/projects/platform?api-version=7.1").status == 200)
        }
    }
}
