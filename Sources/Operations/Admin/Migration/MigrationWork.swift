import AWS
import AzureDevOps
import Domain
import FoundationEssentials

/// A service connection that is moved from its access key to OIDC, and the key that is retired.
struct MigrationWork: PlannedWork {
    /// By how much IAM may be late with a key's last use, in seconds.
    private static let lateness: TimeInterval = 4 * 3600

    let request: MigrationRequest
    let editor: ServiceConnectionEditor
    /// `nil` if AWS is asked nothing.
    let administrator: Administrator?
    /// `nil` if nothing is to be checked.
    let check: RoleCheck?
    /// `nil` if nobody asked for it.
    let verification: RoleVerification?
    let console: Console

    let noun = "service connection"
    let slots = Slots(1)

    func look(
        then next: @escaping @Sendable (MigrationPart) async -> MigrationPart
    ) async throws -> (parts: [MigrationPart], failure: (any Error)?) {
        var part = try await look()
        if let role = request.role, let verification { try await verification.wait(for: role.text) }
        if request.isRetiringKey, part.connection?.keyID == nil {
            console.note("\(request.title): there is no note of an access key that it had")
        }
        part = await next(part)
        return ([part], nil)
    }

    func lookAgain(at part: MigrationPart) async -> MigrationPart {
        do {
            return try await look()
        } catch {
            var part = part
            part.result = .failed(ErrorReport(error))
            return part
        }
    }

    private func look() async throws -> MigrationPart {
        let connection = try await editor.search.changeableConnection(request.place.name)
        var part = MigrationPart(connection: connection)
        if let role = request.role {
            // One whose last update failed says what was put, and cannot be used.
            part.isSwitching = !connection.isOnOIDC(with: role) || connection.status != .ready
            if let check {
                part.findings = try await check.findings(
                    for: connection, in: request.place.organization.name, project: request.place.project)
                if let end = ErrorReport.ending(part.findings) { throw end }
                part.warnings = part.findings.filter { $0.severity == .warning }.map(\.summary)
            }
        }
        guard let key = connection.keyID, let administrator else { return part }
        guard request.isRetiringKey else {
            // It only informs.
            part.facts = try? await AccessKeyFacts.known(of: key, administrator)
            return part
        }
        guard connection.usesOIDC || request.role != nil else { throw stillUses(key) }
        let facts = try await AccessKeyFacts.of(key, administrator)
        try await checkNobodyElseHolds(facts.id, connection)
        part.facts = facts
        part.retirement = KeyRetirement(facts: facts, grace: request.grace, now: editor.search.network.time.now())
        if request.grace < Self.lateness {
            part.warnings.append("IAM tells of a use up to some hours later, and --grace is shorter than that")
        }
        return part
    }

    private func stillUses(_ key: String) -> ErrorReport {
        ErrorReport(
            .badInput, "the service connection \(request.title) still uses its access key \(key)",
            hints: ["move it to OIDC first, or at the same time: --role-arn"])
    }

    private func checkNobodyElseHolds(_ key: String, _ connection: ServiceConnection) async throws(ErrorReport) {
        let others = try await ConnectionSearch(search: editor.search).connections(holding: key)
            .filter { $0.id != connection.id }
        guard let other = others.first else { return }
        throw ErrorReport(
            .badInput,
            "the access key \(key) is in another service connection too: \(ForeignText.clean(other.name, limit: 150))",
            hints: ["move that one first: keyless migrate --service-connection \(other.id)"])
    }

    func apply(_ part: MigrationPart) async -> MigrationPart {
        var part = part
        do {
            if let connection = part.connection, let role = request.role, part.isSwitching {
                try await switchOver(connection, to: role)
            }
            part.isSwitched = part.isSwitching
            if let retirement = part.retirement, retirement.isDue { try await retire(retirement, part) }
            part.result = .done
        } catch {
            let report = ErrorReport(error)
            part.result = .failed(
                part.isSwitched
                    ? ErrorReport(
                        .resumable, report.message,
                        hints: report.hints + [
                            "the service connection is switched to OIDC; only the access key is left"
                        ],
                        facts: report.facts)
                    : report)
        }
        return part
    }

    /// Switches the connection in place, and reads it back.
    private func switchOver(_ connection: ServiceConnection, to role: RoleARN) async throws {
        // As it is right now, so that what somebody else changed meanwhile stays.
        let found = try await editor.search.connection(connection.id.text)
        // The secret of another key would be lost, or somebody else's role.
        guard found.accessKeyID == connection.accessKeyID, found.usesOIDC == connection.usesOIDC,
            found.roleARN == connection.roleARN
        else {
            throw ChangedMeanwhile(what: "the service connection \(request.title)")
        }
        try await ConnectionSwitch(editor: editor, title: request.title) { $0.isOnOIDC(with: role) }
            .run(found.notingKey.switchedToOIDC(role: role.text))
    }

    /// Deactivates the key, if it still is what the plan says: unused, and in no connection.
    private func retire(_ retirement: KeyRetirement, _ part: MigrationPart) async throws {
        guard let administrator, let connection = part.connection else { return }
        let key = retirement.facts.id
        let facts = try await AccessKeyFacts.of(key, administrator)
        guard facts.key?.status == retirement.facts.key?.status, facts.use.date == retirement.facts.use.date else {
            throw ErrorReport(
                .resumable, "someone used or changed the access key \(key) in the meantime",
                hints: ["this run left it as it was", ChangedMeanwhile.advice])
        }
        // Last, since a mistake about this locks jobs out.
        try await checkNobodyElseHolds(key, connection)
        let present = try await editor.search.connection(connection.id.text)
        guard present.usesOIDC || present.accessKeyID != key else {
            throw ErrorReport(
                .resumable, "someone put \(key) back into the service connection \(request.title) in the meantime",
                hints: ["the access key is as it was", ChangedMeanwhile.advice])
        }
        try await retirement.deactivate(administrator)
    }

    func text(of parts: [MigrationPart], isResult: Bool) -> String? {
        isResult ? nil : parts.map { MigrationListing(request: request, part: $0).plan }.joined(separator: "\n")
    }

    func json(of parts: [MigrationPart]) -> String {
        parts.map { MigrationListing(request: request, part: $0).json }.joined()
    }

    func explain(_ parts: [MigrationPart]?) {
        for warning in parts?.flatMap(\.warnings) ?? [] { console.warn(warning) }
    }

    func conclude(_ parts: [MigrationPart]) {
        for part in parts where part.error == nil {
            console.note(MigrationListing(request: request, part: part).summary)
        }
    }
}
