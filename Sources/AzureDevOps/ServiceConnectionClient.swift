package import Domain
import FoundationEssentials

/// Reads and updates the service connections of an organisation, as one caller.
///
/// Each method tries again what can pass, and throws ``OrganizationError``.
///
/// Source: Azure DevOps REST API 7.1, "Service Endpoint: Endpoints" and "Core: Projects".
package struct ServiceConnectionClient: Sendable {
    private static let apiVersion = ("api-version", "7.1")
    /// The largest list that is read, in bytes: some thousands of connections.
    private static let listBytes = 16 << 20
    private static let endpoints = ["_apis", "serviceendpoint", "endpoints"]

    private let api: OrganizationAPI
    private let credential: AzureDevOpsCredential

    /// - Parameters:
    ///   - organization: the organisation's address, such as `https://dev.azure.com/contoso`.
    ///   - credential: whose access it is.
    ///   - retrier: makes the retrier of each request.
    package init(
        http: any HTTPClient, organization: HTTPURL, credential: AzureDevOpsCredential,
        retrier: @escaping @Sendable () -> Retrier
    ) {
        api = OrganizationAPI(http: http, organization: organization, retrier: retrier)
        self.credential = credential
    }

    /// The connection of that name in a project, in either case of letters; `nil` where there is none that the
    /// credential may see.
    ///
    /// - Parameter project: the project's name or GUID.
    package func connection(
        named name: String, project: String
    ) async throws(OrganizationError) -> ServiceConnection? {
        var query = [("includeFailed", "true")]
        // Where the service takes a list of names, a comma cannot be part of one.
        if !name.contains(",") { query.insert(("endpointNames", name), at: 0) }
        let name = name.lowercased()
        let found = try await connections(project, query)
        return found.first { $0.name.lowercased() == name }
            ?? found.first { $0.projectReferences.contains { $0.name?.lowercased() == name } }
    }

    /// The connection with that id; `nil` where the project has none that the credential may see.
    ///
    /// - Parameter project: the project's name or GUID.
    package func connection(
        _ id: ServiceConnectionID, project: String
    ) async throws(OrganizationError) -> ServiceConnection? {
        let url = api.url([project] + Self.endpoints + [id.text], [Self.apiVersion])
        let response = try await api.get(url, credential)
        // What is not there is a success without an object.
        if response.body.trimmed().withExposedBytes({ $0.elementsEqual("null".utf8) }) { return nil }
        return try Self.connection(response.body)
    }

    /// The connections of a type in a project, those that are not ready included.
    ///
    /// - Parameters:
    ///   - type: `aws` for the AWS Toolkit's.
    ///   - project: the project's name or GUID.
    ///   - mayManage: whether only those shall be told that the credential may change.
    package func connections(
        ofType type: String, project: String, mayManage: Bool
    ) async throws(OrganizationError) -> [ServiceConnection] {
        let filter = mayManage ? [("actionFilter", "manage")] : []
        return try await connections(project, [("type", type), ("includeFailed", "true")] + filter)
    }

    /// All projects that the credential may see.
    package func projects() async throws(OrganizationError) -> [Project] {
        struct Answer: Decodable {
            struct Member: Decodable {
                let id: String
                let name: String
            }
            let value: [Member]
        }
        var projects: [Project] = []
        var token: String?
        repeat {
            let query = token.map { [("continuationToken", $0)] } ?? []
            let url = api.url(["_apis", "projects"], query + [Self.apiVersion])
            let page = try await api.get(url, credential)
            guard let answer = page.body.withExposedBytes({ try? JSONDecoder().decode(Answer.self, from: Data($0)) })
            else { throw .malformedAnswer }
            projects += answer.value.map { Project(id: $0.id.lowercased(), name: $0.name) }
            let next = page.field("x-ms-continuationtoken").flatMap { $0.isEmpty ? nil : $0 }
            // A service that never ends its list would keep us for ever.
            guard next == nil || next != token else { break }
            token = next
        } while token != nil
        return projects
    }

    /// Replaces a connection by what it shall become, under the same id. The same once more changes nothing.
    ///
    /// - Returns: the connection as the service has it then; it may not be ready yet.
    package func update(
        _ update: ServiceConnectionUpdate
    ) async throws(OrganizationError) -> ServiceConnection {
        let url = api.url(Self.endpoints + [update.id.text], [Self.apiVersion])
        let response = try await api.put(url, update.body, withholding: update.secrets, credential)
        return try Self.connection(response.body)
    }

    private func connections(
        _ project: String, _ query: [(String, String)]
    ) async throws(OrganizationError) -> [ServiceConnection] {
        let url = api.url([project] + Self.endpoints, query + [Self.apiVersion])
        let response = try await api.get(url, credential, bodyBytes: Self.listBytes)
        guard case .list(let list)? = response.body.withExposedBytes({ JSONValue.object($0) })?["value"] else {
            throw .malformedAnswer
        }
        let connections = list.compactMap { item -> ServiceConnection? in
            if case .members(let document) = item { ServiceConnection(document) } else { nil }
        }
        // One that was left out would look as if it were not there.
        guard connections.count == list.count else { throw .malformedAnswer }
        return connections
    }

    private static func connection(_ json: Secret) throws(OrganizationError) -> ServiceConnection {
        let document = json.withExposedBytes { JSONValue.object($0) }
        guard let connection = document.flatMap(ServiceConnection.init) else { throw .malformedAnswer }
        return connection
    }
}
