import AzureDevOps
import Domain

/// Looks through all projects that a credential sees.
struct ConnectionSearch {
    /// How many projects are asked at once.
    private static let slots = 8

    let search: ServiceConnectionSearch

    /// Every connection of type AWS, once, by name.
    ///
    /// - Parameter project: the only one to look at; `nil` for all.
    /// - Throws: ``ErrorReport``.
    func connections(in project: String? = nil) async throws(ErrorReport) -> [ServiceConnection] {
        let projects = try await projects(project)
        let answers = await Concurrently.map(projects, in: Slots(Self.slots)) { await connections(of: $0) }
        var found: [String: ServiceConnection] = [:]
        for answer in answers {
            for connection in try answer.get() where found[connection.id.text] == nil {
                found[connection.id.text] = connection
            }
        }
        return found.values.sorted { ($0.name, $0.id.text) < ($1.name, $1.id.text) }
    }

    /// Those that hold that access key, and use it.
    ///
    /// - Throws: ``ErrorReport``.
    func connections(holding key: String) async throws(ErrorReport) -> [ServiceConnection] {
        try await connections().filter { $0.accessKeyID == key && !$0.usesOIDC }
    }

    private func projects(_ named: String?) async throws(ErrorReport) -> [String] {
        if let named { return [named] }
        do throws(OrganizationError) {
            return try await search.client.projects().map(\.id)
        } catch {
            throw ErrorReport(
                error,
                doing: "the projects of \(ForeignText.clean(search.organization.name, limit: 80)) could not be listed")
        }
    }

    private func connections(of project: String) async -> Result<[ServiceConnection], ErrorReport> {
        do throws(OrganizationError) {
            return .success(
                try await search.client.connections(ofType: "aws", project: project, mayManage: false))
        } catch {
            let place = "\(search.organization.name)/\(project)"
            return .failure(
                ErrorReport(
                    error,
                    doing: "the service connections of \(ForeignText.clean(place, limit: 150)) could not be listed"))
        }
    }
}
