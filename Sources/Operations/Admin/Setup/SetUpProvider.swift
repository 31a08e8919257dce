import Domain
import LinuxSystem

/// `keyless setup-provider`: everything AWS needs to accept an organisation's tokens.
package enum SetUpProvider {
    /// - Throws: whatever ``ErrorReport`` knows.
    package static func run(_ request: SetupRequest, _ context: Context, _ console: Console) async throws {
        let network = Network(request.network, context, console, addsAuthorities: true)
        try console.tell(request.findings)
        // Reads files alone: nothing is sent before.
        let credentials = try AdminCredentials(request.admin, context, network, console)
        let goal = try await goal(of: request, network, context, console)
        if case .emit(let form) = request.task {
            let text = try form.text(
                of: goal, accounts: request.accounts, partition: credentials.region?.partition ?? .aws)
            return try context.standardOutput.write(Secret(text))
        }
        let work = SetupWork(
            administrator: try await Administrator(credentials, over: network, context), accounts: request.accounts,
            goal: goal, isRemoval: request.isRemoval, mode: request.change.mode,
            slots: Slots(request.accounts.concurrency), network: network, console: console)
        let result = try await PlannedRun(
            work: work, change: request.change, context: context, console: console
        ).run()
        if let source = request.verification, !request.change.isOnlyLooking {
            let verification = RoleVerification(
                source: source, region: credentials.region, network: network, context: context, console: console)
            let roles = result.parts.filter { $0.error == nil }.compactMap(\.role)
            do {
                for role in roles { try await verification.wait(for: role) }
            } catch {
                // An account that failed is the worse news.
                try result.finish()
                throw error
            }
        }
        try result.finish()
    }

    /// What every account is to have. The issuer is looked at first, and the project that subjects are made of.
    private static func goal(
        of request: SetupRequest, _ network: Network, _ context: Context, _ console: Console
    ) async throws -> SetupGoal {
        let issuer = try await request.issuerSource.issuer(network, console)
        guard !request.change.isOffline, !request.isRemoval else {
            return request.goal(issuer: issuer, thumbprints: [])
        }
        let project = await ProjectCheck.findings(request.project, of: request.organization, context, network)
        try console.tell(project)
        let probe = ThumbprintProbe(request.network, context)
        let confirmation = await IssuerConfirmation(probe, network).look(at: issuer, of: request.organization)
        try console.tell(confirmation.findings)
        return request.goal(issuer: issuer, thumbprints: confirmation.thumbprints)
    }
}
