import AzureDevOps
import Domain
import LinuxSystem

/// What `keyless migrate --list` is asked for.
package struct ConnectionListRequest: Sendable {
    let organization: OrganizationAddress
    /// `nil` for all that the credential sees.
    let project: String?
    let azure: AzureCredentialSettings
    let admin: AdminSettings
    let output: OutputForm
    let network: NetworkRequest

    /// - Throws: ``ErrorReport`` if no organisation is named.
    package init(
        _ place: ConnectionSettings, azure: AzureCredentialSettings, admin: AdminSettings, output: OutputForm,
        network: NetworkRequest, _ context: Context
    ) throws(ErrorReport) {
        guard let organization = OrganizationAddress(place.organization, context) else {
            throw ErrorReport(
                .usage, "nobody said which organisation's: --organization is missing",
                hints: ["keyless migrate --list --organization contoso"])
        }
        try azure.check(context)
        (self.organization, project) = (organization, place.project)
        (self.azure, self.admin, self.output, self.network) = (azure, admin, output, network)
    }
}

/// Shows the service connections of a project or an organisation.
struct ConnectionList {
    /// How many keys are asked about at once.
    private static let slots = 8

    let request: ConnectionListRequest
    let context: Context
    let console: Console

    /// - Throws: ``ErrorReport``.
    func run() async throws {
        let network = Network(request.network, context, console)
        let administrators = Administrators(network, context, console)
        let credential = try await administrators.credential(request.azure, as: request.admin)
        let search = ServiceConnectionSearch(
            request.organization, project: request.project ?? "", credential, over: network)
        let connections = try await ConnectionSearch(search: search).connections(in: request.project)
        let administrator = await administrator(administrators, connections)
        let rows = await Concurrently.map(connections, in: Slots(Self.slots)) { connection in
            ConnectionListing.Row(connection: connection, facts: await Self.facts(of: connection, administrator))
        }
        let listing = ConnectionListing(rows: rows)
        try context.standardOutput.write(Secret(request.output == .json ? listing.json : listing.text))
    }

    /// Whoever can say something about keys; `nil` without AWS credentials, which the list can do without.
    private func administrator(
        _ administrators: Administrators, _ connections: [ServiceConnection]
    ) async -> Administrator? {
        guard connections.contains(where: { $0.keyID != nil }) else { return nil }
        do {
            return try await administrators.administrator(request.admin).0
        } catch {
            console.note("without AWS credentials nothing is known about the keys: \(ErrorReport(error).message)")
            return nil
        }
    }

    private static func facts(
        of connection: ServiceConnection, _ administrator: Administrator?
    ) async -> Result<AccessKeyFacts, ErrorReport>? {
        guard let administrator, let key = connection.keyID else { return nil }
        do {
            return .success(try await AccessKeyFacts.known(of: key, administrator))
        } catch {
            return .failure(ErrorReport(error))
        }
    }
}
