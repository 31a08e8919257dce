import Domain

/// Plans and results over all accounts, for a person and for a program.
struct SetupListing {
    private let outcomes: [AccountOutcome]
    private let goal: SetupGoal

    init(_ outcomes: [AccountOutcome], of goal: SetupGoal) { (self.outcomes, self.goal) = (outcomes, goal) }

    /// One account in full: every change with its values.
    var plan: String {
        let lines = outcomes.flatMap { outcome in
            ["account \(outcome.account)", ""]
                + outcome.changes.flatMap { ChangeListing($0, of: goal).lines }
                + outcome.kept.map { "  \($0)" }
                + (outcome.changes.isEmpty ? ["  nothing to change"] : [])
        }
        return Self.text(lines)
    }

    /// A line an account.
    var table: String {
        let lines = outcomes.map { outcome in
            let word = outcome.word + String(repeating: " ", count: 9 - outcome.word.count)
            let what =
                outcome.error?.message
                ?? outcome.changes.map { ChangeListing($0, of: goal).summary }
                .joined(separator: "; ")
            return "\(outcome.account)  \(word)  \(what)"
        }
        return Self.text(lines + (lines.isEmpty ? [] : [""]) + [counts])
    }

    /// `997 unchanged, 2 changed, 1 failed`
    var counts: String {
        let words = ["unchanged", "to change", "changed", "failed"]
        if outcomes.isEmpty { return "no account is meant" }
        let counts = words.map { word in (word, outcomes.count { $0.word == word }) }.filter { $0.1 > 0 }
        return counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }

    /// The same for a program. Names do not change from version to version.
    var json: String {
        let accounts = outcomes.map { outcome -> JSONValue in
            var members: [String: JSONValue] = [
                "account": .text(outcome.account),
                "status": .text(outcome.word.split(separator: " ").joined(separator: "-")),
                "changes": .list(
                    outcome.changes.map { change in
                        .members([
                            "action": .text(change.action), "summary": .text(ChangeListing(change, of: goal).summary),
                            "details": .list(ChangeListing(change, of: goal).lines.dropFirst().map { .text($0) }),
                        ])
                    }),
            ]
            if let role = outcome.role { members["role"] = .text(role) }
            if let error = outcome.error { members["error"] = .text(error.message) }
            if !outcome.kept.isEmpty { members["kept"] = .list(outcome.kept.map { .text($0) }) }
            return .members(members)
        }
        let order = ["issuer", "accounts", "account", "status", "error", "role", "action", "summary"]
        return JSONValue.members(["issuer": .text(goal.issuer.text), "accounts": .list(accounts)])
            .json(isPretty: true, order: order) + "\n"
    }

    private static func text(_ lines: [String]) -> String {
        lines.map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }
}
