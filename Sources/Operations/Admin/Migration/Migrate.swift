import AzureDevOps
import Domain

/// `keyless migrate`: away from access keys.
package enum Migrate {
    /// - Throws: whatever ``ErrorReport`` knows.
    package static func run(_ request: MigrateRequest, _ context: Context, _ console: Console) async throws {
        switch request {
        case .list(let request):
            try await ConnectionList(request: request, context: context, console: console).run()
        case .change(let request): try await run(request, context, console)
        }
    }

    private static func run(_ request: MigrationRequest, _ context: Context, _ console: Console) async throws {
        let network = Network(request.network, context, console)
        let administrators = Administrators(network, context, console)
        let (administrator, region) = try await administrator(request, administrators)
        let credential = try await administrators.credential(request.azure, as: request.admin)
        let editor = ServiceConnectionEditor(search: request.place.search(credential, over: network))
        if case .undo(let role, let secret) = request.task, let administrator {
            let work = UndoWork(
                request: request, role: role, secret: secret, editor: editor, administrator: administrator,
                region: region, console: console)
            try await PlannedRun(work: work, change: request.change, context: context, console: console)
                .run().finish()
            return
        }
        let work = MigrationWork(
            request: request, editor: editor, administrator: administrator,
            check: try await check(request, administrator, credential, network, console),
            verification: try await verification(request, editor, region, context, console), console: console)
        try await PlannedRun(work: work, change: request.change, context: context, console: console).run().finish()
    }

    /// Whoever AWS is asked as. If only a token of the connection asks, as in a pipeline, nobody has to be found.
    private static func administrator(
        _ request: MigrationRequest, _ administrators: Administrators
    ) async throws -> (Administrator?, Region?) {
        guard request.change.isOffline, !request.isRetiringKey else {
            return try await administrators.administrator(request.admin)
        }
        return (nil, request.region)
    }

    private static func check(
        _ request: MigrationRequest, _ administrator: Administrator?, _ credential: AzureDevOpsCredential,
        _ network: Network, _ console: Console
    ) async throws -> RoleCheck? {
        guard let role = request.role else { return nil }
        guard !request.change.isOffline, let administrator else {
            if !request.verifies { console.warn("whether \(role) accepts the connection's tokens was not looked at") }
            return nil
        }
        let issuer = try await issuer(of: request.place.organization, credential, network)
        return RoleCheck(role: role, issuer: issuer, administrator: administrator)
    }

    /// The issuer of the organisation's tokens.
    private static func issuer(
        of organization: OrganizationAddress, _ credential: AzureDevOpsCredential, _ network: Network
    ) async throws(ErrorReport) -> IssuerURL {
        let client = OrganizationClient(
            http: network.http, organization: organization.url, retrier: { network.freshRetrier() })
        let id: String
        do throws(OrganizationError) {
            id = try await client.organizationID(credential)
        } catch {
            throw ErrorReport(error, doing: "the GUID of \(organization.name) could not be found out")
        }
        return try IssuerSource.issuer(ofOrganization: id)
    }

    private static func verification(
        _ request: MigrationRequest, _ editor: ServiceConnectionEditor, _ region: Region?, _ context: Context,
        _ console: Console
    ) async throws -> RoleVerification? {
        guard request.verifies else { return nil }
        let connection = try await editor.search.connection(request.place.name).id
        let source = try TokenSource(agentFor: connection, context)
        try source.checkAccess()
        return RoleVerification(
            source: source, region: region, network: editor.search.network, context: context, console: console)
    }
}
