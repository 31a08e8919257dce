import AWS
import AzureDevOps
import Domain

/// Brings together what a migration needs, and starts it.
struct MigrationSetup {
    let request: MigrationRequest
    let options: MigrationOptions
    let acceptance: Acceptance
    let azure: AzureCredentialOptions
    let admin: AdminOptions
    let change: ChangeOptions
    let global: GlobalOptions
    let context: Context
    let console: Console

    /// - Throws: what ``Migration`` and ``MigrationUndo`` throw.
    func run() async throws {
        let network = try Network(global, context, console)
        let principals = Principals(network, context, console)
        let (administrator, region) = try await administrator(principals)
        let credential = try await principals.credential(azure, as: admin)
        let editor = ServiceConnectionEditor(
            search: ServiceConnectionSearch(
                client: ServiceConnectionClient(
                    http: network.http, organization: request.organization.url, credential: credential),
                organization: request.organization, project: request.project, network: network))
        if options.undo, let administrator {
            try await MigrationUndo(
                request: request, options: options, editor: editor, administrator: administrator, region: region,
                acceptance: acceptance, change: change, context: context, console: console
            ).run()
            return
        }
        try await Migration(
            request: request, editor: editor, administrator: administrator,
            check: try await check(administrator, credential, network),
            verification: try await verification(editor, region, network), change: change, context: context,
            console: console
        ).run()
    }

    /// Whoever AWS is asked as. Where only a token of the connection asks, as in a pipeline, nobody has to be found.
    private func administrator(_ principals: Principals) async throws -> (Administrator?, Region?) {
        guard change.offline, !request.isRetiringKey else { return try await principals.administrator(admin) }
        return (nil, try SessionRequest.region(admin.region, context))
    }

    private func check(
        _ administrator: Administrator?, _ credential: AzureDevOpsCredential, _ network: Network
    ) async throws -> RoleCheck? {
        guard let role = request.role else { return nil }
        guard !change.offline, let administrator else {
            if !options.verify { console.warn("whether \(role) accepts the connection's tokens was not looked at") }
            return nil
        }
        return RoleCheck(
            role: role, issuer: try await issuer(credential, network), administrator: administrator, network: network)
    }

    /// The issuer of the organisation's tokens.
    private func issuer(
        _ credential: AzureDevOpsCredential, _ network: Network
    ) async throws(ErrorReport) -> IssuerURL {
        let client = OrganizationClient(http: network.http, organization: request.organization.url)
        let id: String
        do throws(OrganizationError) {
            id = try await network.renewed().retrier.run { (limits) throws(OrganizationError) in
                try await client.organizationID(credential, limits: limits)
            }
        } catch {
            throw ErrorReport(error, doing: "the GUID of \(request.organization.name) could not be found out")
        }
        guard let issuer = try? IssuerURL(validating: "https://vstoken.dev.azure.com/\(id)") else {
            throw ErrorReport(.unexpected, "no issuer can be made of \(id)")
        }
        return issuer
    }

    private func verification(
        _ editor: ServiceConnectionEditor, _ region: Region?, _ network: Network
    ) async throws -> RoleVerification? {
        guard options.verify else { return nil }
        let connection = try await editor.search.connection(request.connection).id
        return RoleVerification(
            source: try TokenSource(of: connection, context), region: region, network: network, context: context,
            console: console)
    }
}
