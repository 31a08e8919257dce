import Domain

/// Plans and results over all accounts, for a person and for a program.
struct SetupListing {
    private let parts: [AccountPart]
    private let goal: SetupGoal

    init(_ parts: [AccountPart], of goal: SetupGoal) { (self.parts, self.goal) = (parts, goal) }

    /// One account in full: every change with its values.
    var plan: String {
        let lines = parts.flatMap { part in
            ["account \(part.account.id)", ""]
                + part.changes.flatMap { ChangeListing($0, of: goal).lines }
                + part.kept.map { "  \($0)" }
                + (part.changes.isEmpty ? ["  nothing to change"] : [])
        }
        return Self.text(lines)
    }

    /// A line an account.
    var table: String {
        let lines = parts.map { part in
            let words = part.status.words
            let what =
                part.error?.message
                ?? part.changes.map { ChangeListing($0, of: goal).summary }.joined(separator: "; ")
            return "\(part.account.id)  \(words)\(String(repeating: " ", count: 9 - words.count))  \(what)"
        }
        let counts = parts.isEmpty ? "no account is meant" : PartStatus.counts(parts.map(\.status))
        return Self.text(lines + (lines.isEmpty ? [] : [""]) + [counts])
    }

    /// The same for a program. Names do not change from version to version.
    var json: String {
        let accounts = parts.map { part -> JSONValue in
            var members: [String: JSONValue] = ["account": .text(part.account.id.text)]
            if let role = part.role { members["role"] = .text(role) }
            if !part.kept.isEmpty { members["kept"] = .list(part.kept.map { .text($0) }) }
            let steps = part.changes.map { change in
                let listing = ChangeListing(change, of: goal)
                return PlannedStep(
                    action: change.action, summary: listing.summary, details: Array(listing.lines.dropFirst()))
            }
            return .members(part.json(steps, members))
        }
        return JSONReport.text(
            .setupProvider, ["issuer": .text(goal.issuer.text), "accounts": .list(accounts)],
            order: ["issuer", "accounts", "account", "status", "error", "role", "steps", "kept", "action", "summary"])
    }

    private static func text(_ lines: [String]) -> String {
        lines.map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }
}
