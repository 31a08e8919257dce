import Emulator
import Foundation
import Testing

extension Sandbox {
    /// `Web Shop` and `Other Project`, as URLs name them.
    static let project = "Web%20Shop"
    static let otherProject = "Other%20Project"

    /// Asks Azure DevOps, by default as the person with the personal access token.
    func azure(_ method: String = "GET", _ path: String, as authentication: [String]? = nil, body: String? = nil)
        async throws -> Answer
    {
        let own = authentication ?? ["--user", ":\(personalAccessToken)"]
        let content = body == nil ? [] : ["-H", "Content-Type: application/json", "--data-binary", "@-"]
        return try await Answer.curl(
            self, ["-X", method] + own + content + ["\(azureURL)/contoso\(path)"], input: body ?? "")
    }

    /// As the job, by its access token.
    var asJob: [String] { ["-H", "Authorization: Bearer \(accessToken)"] }

    /// Reads one connection, by its id.
    func endpoint(
        _ id: String = Sandbox.connectionID, project: String = Sandbox.project, _ query: String = "",
        as authentication: [String]? = nil
    ) async throws -> Answer {
        try await azure(
            "GET", "/\(project)/_apis/serviceendpoint/endpoints/\(id)?api-version=7.1\(query)", as: authentication)
    }

    /// The names of the connections that a project lists.
    func names(_ query: String, project: String = Sandbox.project, as authentication: [String]? = nil) async throws
        -> [String]
    {
        let answer = try await azure(
            "GET", "/\(project)/_apis/serviceendpoint/endpoints?api-version=7.1\(query)", as: authentication)
        let object = try answer.json()
        let list = try #require(object["value"] as? [[String: Any]], "\(answer.body)")
        #expect(object["count"] as? Int == list.count)
        return list.compactMap { $0["name"] as? String }
    }

    /// Reads a connection, changes what was read and puts it, with a secret of its own, as a careful client does.
    func update(
        _ id: String = Sandbox.connectionID, as authentication: [String]? = nil,
        _ change: (inout [String: Any]) -> Void = { _ in }
    ) async throws -> Answer {
        var object = try await endpoint(id, as: authentication).json()
        object.change("authorization") { $0.change("parameters") { $0["password"] = Self.newSecret } }
        change(&object)
        return try await put(object, at: id, as: authentication)
    }

    func put(_ object: [String: Any], at id: String = Sandbox.connectionID, as authentication: [String]? = nil)
        async throws -> Answer
    {
        let body = String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
        return try await azure(
            "PUT", "/_apis/serviceendpoint/endpoints/\(id)?api-version=7.1", as: authentication, body: body)
    }

    /// What ``update(_:as:_:)`` puts.
    static let newSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}

extension [String: Any] {
    /// Changes an object within.
    mutating func change(_ name: String, _ change: (inout [String: Any]) -> Void) {
        var object = self[name] as? [String: Any] ?? [:]
        change(&object)
        self[name] = object
    }

    /// The parameters of a connection's authorization.
    var parameters: [String: Any]? { (self["authorization"] as? [String: Any])?["parameters"] as? [String: Any] }
}
