import AWS
import AzureDevOps
import Domain
import FoundationEssentials

/// Moves a service connection from its access key to OIDC, and retires the key.
struct Migration {
    let request: MigrationRequest
    let editor: ServiceConnectionEditor
    /// `nil` where AWS is asked nothing.
    let administrator: Administrator?
    /// `nil` where nothing is to be checked.
    let check: RoleCheck?
    /// `nil` where nobody asked for it.
    let verification: RoleVerification?
    let change: ChangeOptions
    let context: Context
    let console: Console

    /// What there is, and what shall be done.
    private struct Plan {
        let connection: ServiceConnection
        var subjects: [String] = []
        var warnings: [String] = []
        var facts: AccessKeyFacts?
        var isSwitching = false
        var retirement: KeyRetirement?
    }

    /// By how much IAM may be late with a key's last use, in seconds.
    private static let lateness: TimeInterval = 4 * 3600

    private var network: Network { editor.search.network }

    /// - Throws: ``ErrorReport``, and whatever keeps one of the services from answering.
    func run() async throws {
        let plan = try await look()
        for warning in plan.warnings { console.warn(warning) }
        let isToChange = plan.isSwitching || plan.retirement?.isDue == true
        let listing = MigrationListing(
            request: request, connection: plan.connection, subjects: plan.subjects, warnings: plan.warnings,
            facts: plan.facts,
            isSwitching: plan.isSwitching, retirement: plan.retirement)
        let isOnlyLooking = change.dryRun || change.check || !isToChange
        if isOnlyLooking || change.output == .text { try show(listing, "planned") }
        if isOnlyLooking {
            if change.check && isToChange { throw Agreement.drift }
            return
        }
        try Agreement.ask(change, context)
        if let role = request.role, plan.isSwitching { try await switchOver(plan.connection, to: role) }
        if let retirement = plan.retirement, retirement.isDue, let administrator {
            try await retirement.deactivate(administrator, network)
        }
        if change.output == .json { try show(listing, "changed") }
        console.note(listing.summary)
    }

    private func show(_ listing: MigrationListing, _ status: String) throws {
        try context.standardOutput.write(Secret(change.output == .json ? listing.json(status) : listing.plan))
    }

    private func look() async throws -> Plan {
        let connection = try await editor.search.changeableConnection(request.connection)
        var plan = Plan(connection: connection)
        if let role = request.role {
            // One whose last update failed says what was put, and cannot be used.
            plan.isSwitching = !connection.isOnOIDC(with: role) || connection.rotationStatus != .ready
            if let check {
                let result = try await check.run(
                    connection, in: request.organization.name, project: request.project)
                plan.subjects = result.accepted
                plan.warnings = result.warnings
            }
            if let verification { try await verification.wait(for: role.text) }
        }
        guard let key = connection.keyID else {
            if request.isRetiringKey { console.note("\(request.title): there is no note of an access key that it had") }
            return plan
        }
        guard let administrator else { return plan }
        if request.isRetiringKey {
            guard connection.usesOIDC || request.role != nil else {
                throw ErrorReport(
                    .badInput, "the service connection \(request.title) still uses its access key \(key)",
                    hints: ["move it to OIDC first, or at the same time: --role-arn"])
            }
            let facts = try await AccessKeyFacts.of(key, administrator, network)
            plan.facts = facts
            plan.retirement = try await retirement(of: facts, connection)
            if request.grace < Self.lateness {
                plan.warnings.append("IAM tells of a use up to some hours later, and --grace is shorter than that")
            }
        } else {
            // It only informs.
            plan.facts = try? await AccessKeyFacts.known(of: key, administrator, network)
        }
        return plan
    }

    private func retirement(of facts: AccessKeyFacts, _ connection: ServiceConnection) async throws -> KeyRetirement {
        let others = try await ConnectionSearch(search: editor.search).connections(holding: facts.id)
            .filter { $0.id != connection.id }
        if let other = others.first {
            throw ErrorReport(
                .badInput,
                "the access key \(facts.id) is in another service connection too: \(ForeignText.clean(other.name, limit: 150))",
                hints: ["move that one first: keyless migrate --service-connection \(other.id)"])
        }
        return KeyRetirement(facts: facts, grace: request.grace, now: network.time.now())
    }

    /// Switches the connection in place, and reads it back.
    private func switchOver(_ connection: ServiceConnection, to role: RoleARN) async throws {
        // As it is right now, so that what somebody else changed meanwhile stays.
        let found = try await editor.search.connection(connection.id.text)
        try await ConnectionSwitch(editor: editor, title: request.title) { $0.isOnOIDC(with: role) }
            .run(found.notingKey.switchedToOIDC(role: role.text))
    }
}
