import AzureDevOps
import Domain

/// Finds a service connection of type AWS, and makes sure that it can be changed.
struct ServiceConnectionSearch: Sendable {
    let client: ServiceConnectionClient
    let organization: OrganizationAddress
    let project: String
    let network: Network

    /// - Parameter project: its name or GUID; empty if all are looked through.
    init(
        _ organization: OrganizationAddress, project: String, _ credential: AzureDevOpsCredential,
        over network: Network
    ) {
        client = ServiceConnectionClient(
            http: network.http, organization: organization.url, credential: credential,
            retrier: { network.freshRetrier() })
        (self.organization, self.project, self.network) = (organization, project, network)
    }

    /// The connection with that name or GUID.
    ///
    /// - Throws: ``ErrorReport`` where there is none that the credential sees whole, or it is of another type.
    func connection(_ name: String) async throws(ErrorReport) -> ServiceConnection {
        let found: ServiceConnection?
        do throws(OrganizationError) {
            found =
                if let id = ServiceConnectionID(name) {
                    try await client.connection(id, project: project)
                } else {
                    try await client.connection(named: name, project: project)
                }
        } catch .notFound {
            throw ErrorReport(
                .badInput, "there is no project \(place) that the credential can see",
                hints: ["--organization is the NAME in dev.azure.com/NAME, --project the project's name or GUID"])
        } catch {
            throw ErrorReport(error, doing: "the service connection \(shown(name)) could not be read")
        }
        guard let found else {
            throw ErrorReport(
                .badInput, "there is no service connection \(shown(name)) that the credential can see",
                hints: ["its name is that on Project settings > Service connections"])
        }
        if found.isPartial { throw .lackingRights(on: shown(name), "sees only a part of") }
        guard found.type?.lowercased() == "aws" else {
            throw ErrorReport(
                .badInput,
                "the service connection \(shown(name)) is of type \(ForeignText.clean(found.type ?? "", limit: 60)), not AWS"
            )
        }
        guard found.scheme?.lowercased() == "usernamepassword" else {
            throw ErrorReport(
                .badInput,
                "the service connection \(shown(name)) has the scheme "
                    + "\(ForeignText.clean(found.scheme ?? "", limit: 60)), which holds no access key")
        }
        return found
    }

    /// The same, where the credential may change it: better to know before anything else is changed.
    ///
    /// - Throws: ``ErrorReport``.
    func changeableConnection(_ name: String) async throws(ErrorReport) -> ServiceConnection {
        let found = try await connection(name)
        let manageable: [ServiceConnection]
        do throws(OrganizationError) {
            manageable = try await client.connections(ofType: "aws", project: project, mayManage: true)
        } catch {
            throw ErrorReport(error, doing: "whether \(shown(name)) may be changed could not be found out")
        }
        guard manageable.contains(where: { $0.id == found.id }) else {
            throw .lackingRights(on: shown(name), "may not change")
        }
        return found
    }

    private var place: String {
        "\(ForeignText.clean(organization.name, limit: 80))/\(ForeignText.clean(project, limit: 80))"
    }

    private func shown(_ name: String) -> String { "\(ForeignText.clean(name, limit: 150)) (\(place))" }
}
