import AWS
import AzureDevOps
import Domain

/// Shows the service connections of a project or an organisation.
struct ConnectionList {
    /// How many keys are asked about at once.
    private static let slots = 8

    let place: ServiceConnectionOptions
    let azure: AzureCredentialOptions
    let admin: AdminOptions
    let global: GlobalOptions
    let output: OutputForm
    let context: Context
    let console: Console

    /// - Throws: ``ErrorReport``.
    func run() async throws {
        guard let organization = OrganizationAddress(place.organization, context) else {
            throw ErrorReport(
                .usage, "nobody said which organisation's: --organization is missing",
                hints: ["keyless migrate --list --organization contoso"])
        }
        let network = try Network(global, context, console)
        let principals = Principals(network, context, console)
        let credential = try await principals.credential(azure, as: admin)
        let client = ServiceConnectionClient(
            http: network.http, organization: organization.url, credential: credential)
        let search = ServiceConnectionSearch(
            client: client, organization: organization, project: place.project ?? "", network: network)
        let connections = try await ConnectionSearch(search: search).connections(in: place.project)
        let administrator = await administrator(principals, connections)
        let rows = await Fleet.run(connections, in: Slots(Self.slots)) { connection in
            ConnectionListing.Row(
                connection: connection, facts: await Self.facts(of: connection, administrator, network))
        }
        let listing = ConnectionListing(rows: rows)
        try context.standardOutput.write(Secret(output == .json ? listing.json : listing.text))
    }

    /// Whoever can say something about keys; `nil` where there are no AWS credentials, which the list can do without.
    private func administrator(_ principals: Principals, _ connections: [ServiceConnection]) async -> Administrator? {
        guard connections.contains(where: { $0.keyID != nil }) else { return nil }
        do {
            return try await principals.administrator(admin).0
        } catch {
            console.note("without AWS credentials nothing is known about the keys: \(ErrorReport(error).message)")
            return nil
        }
    }

    private static func facts(
        of connection: ServiceConnection, _ administrator: Administrator?, _ network: Network
    ) async -> Result<AccessKeyFacts, ErrorReport>? {
        guard let administrator, let key = connection.keyID else { return nil }
        do {
            return .success(try await AccessKeyFacts.known(of: key, administrator, network))
        } catch {
            return .failure(ErrorReport(error))
        }
    }
}
