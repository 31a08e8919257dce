import AzureDevOps
import Domain

/// A migration for a person and for a program.
struct MigrationListing {
    let request: MigrationRequest
    let part: MigrationPart

    private static let order =
        ["serviceConnection", "status", "error", "roleArn", "acceptedSubjects", "warnings", "steps"]
        + ConnectionListing.order

    private var retirement: KeyRetirement? { part.retirement }
    /// The subjects that the role accepts, if that was looked at.
    private var subjects: [String] { part.findings.filter { $0.rule == .subjectAccepted }.map(\.subject) }

    /// What there is, and each step.
    var plan: String {
        guard let connection = part.connection else { return "" }
        var lines = [request.title, "", "  \(ConnectionListing.authentication(of: connection))"]
        if let facts = part.facts, let key = facts.key {
            let user = facts.userName.map { " of \($0)" } ?? ""
            lines.append(
                "  \(facts.id)\(user) is \(key.status.rawValue.lowercased()), created \(Timestamp(key.created).text); "
                    + ConnectionListing.use(facts.use))
        }
        for subject in subjects { lines.append("  the role accepts \(subject)") }
        lines.append("")
        let steps = steps(connection)
        lines += steps.enumerated().map { "  \($0.offset + 1)  \($0.element.summary)" }
        if steps.isEmpty { lines.append("  nothing to do now") }
        if let retirement, !retirement.isDue { lines.append("  \(retirement.words)") }
        let unknowns = unknowns(connection)
        if !unknowns.isEmpty { lines += ["", "this cannot be known here:"] + unknowns.map { "  \($0)" } }
        return lines.map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }

    /// What a person has to see to.
    private func unknowns(_ connection: ServiceConnection) -> [String] {
        var unknowns: [String] = []
        if part.isSwitching, !connection.usesOIDC {
            unknowns = [
                "whether the role may do all that the access key may",
                "whether the tasks that use the connection know OIDC: those of the AWS Toolkit do since 1.15",
            ]
            if connection.accessKeyID != nil {
                unknowns.append("the key's secret, which Azure DevOps tells nobody: --undo needs it from elsewhere")
            }
        }
        if retirement?.isDue == true {
            unknowns += [
                "what used the key in the last hours, of which IAM may not tell yet",
                "whether a service connection that the credential does not see has the key too",
            ]
        }
        return unknowns
    }

    private func steps(_ connection: ServiceConnection) -> [PlannedStep] {
        var steps: [PlannedStep] = []
        if part.isSwitching, let role = request.role {
            let key = connection.accessKeyID.map { ", and note in its description that it had \($0)" } ?? ""
            steps = [
                PlannedStep(
                    action: "switch",
                    summary:
                        "switch the service connection to OIDC with the role \(role)\(key); it stays the same one"),
                PlannedStep(action: "await-ready", summary: "wait until the service connection is ready"),
            ]
        }
        if let retirement, retirement.isDue {
            steps.append(PlannedStep(action: "deactivate", summary: retirement.words))
        }
        return steps
    }

    /// What was done, in a line.
    var summary: String {
        var words: [String] = []
        if part.isSwitching, let role = request.role { words.append("jobs assume \(role) by their own token") }
        if let retirement {
            words.append(retirement.isDue ? "the access key \(retirement.facts.id) is inactive" : retirement.words)
        } else if let key = part.connection?.keyID, part.isSwitching {
            words.append("\(key) is not used by it any more: --retire-key deactivates it once nothing else uses it")
        }
        return "\(request.title): \(words.joined(separator: "; "))"
    }

    /// The same for a program. Names do not change from version to version.
    var json: String { JSONReport.text(.migrate, members, order: Self.order) }

    private var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "acceptedSubjects": .list(subjects.map { .text($0) }),
            "warnings": .list(part.warnings.map { .text($0) }),
        ]
        if let role = request.role { members["roleArn"] = .text(role.text) }
        if case .inUse(let until)? = retirement?.state { members["keyRetiredAfter"] = .text(Timestamp(until).text) }
        guard let connection = part.connection else { return part.json([], members) }
        members["serviceConnection"] = ConnectionListing.json(connection, part.facts)
        return part.json(steps(connection), members)
    }
}
