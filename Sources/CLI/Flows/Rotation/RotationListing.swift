import Domain

/// Rotations for a person and for a program.
struct RotationListing {
    private let outcomes: [RotationOutcome]
    private let settings: RotationSettings

    init(_ outcomes: [RotationOutcome], _ settings: RotationSettings) {
        (self.outcomes, self.settings) = (outcomes, settings)
    }

    /// Every rotation in full: the keys there are, and each step.
    var plan: String { outcomes.map(plan).joined(separator: "\n") }

    private func plan(of outcome: RotationOutcome) -> String {
        var lines = [outcome.request.title, ""]
        for key in outcome.keys {
            let place = key.id == outcome.keyBefore ? ", in the service connection" : ""
            lines.append(
                "  \(key.id)  \(key.status.rawValue.lowercased()), created \(Timestamp(key.created).text)\(place)")
        }
        if !outcome.keys.isEmpty { lines.append("") }
        if let error = outcome.error { lines.append("  \(error.message)") }
        let width = String(outcome.steps.count).count
        for (index, step) in outcome.steps.enumerated() {
            let number = String(index + 1)
            let space = String(repeating: " ", count: width - number.count)
            lines.append("  \(space)\(number)  \(Self.words(for: step, outcome.request, settings))")
        }
        if !outcome.hasWork && outcome.error == nil { lines.append("  nothing to do now") }
        let waits = settings.waits && outcome.hasWork
        if let end = outcome.end.flatMap(waits ? Self.awaitedWords : Self.words) {
            let space = String(repeating: " ", count: outcome.steps.isEmpty ? 0 : width + 2)
            lines.append("  \(space)\(end)")
        }
        return lines.map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }

    /// A line a rotation.
    var table: String {
        let lines = outcomes.map { outcome in
            let word = outcome.word + String(repeating: " ", count: 9 - outcome.word.count)
            return "\(word)  \(outcome.request.title)  \(Self.summary(of: outcome))"
        }
        return (lines + ["", counts]).map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }

    /// `4 changed, 1 failed`
    private var counts: String {
        ["unchanged", "to change", "changed", "failed"].map { word in (word, outcomes.count { $0.word == word }) }
            .filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }

    /// What is to be known about one rotation, in a line.
    static func summary(of outcome: RotationOutcome) -> String {
        if let error = outcome.error { return error.message }
        let end = outcome.end.flatMap(words)
        guard !outcome.steps.isEmpty, case .done = outcome.result else { return end ?? "nothing to do" }
        let held = outcome.keyNow.map { "\($0) is in the service connection" }
        let deleted = outcome.steps.compactMap { step -> String? in
            if case .delete(let key, _) = step { "\(key) is deleted" } else { nil }
        }
        return ([held] + deleted + [end]).compactMap(\.self).joined(separator: "; ")
    }

    /// The same for a program. Names do not change from version to version.
    var json: String {
        let items = outcomes.map { outcome -> JSONValue in
            let request = outcome.request
            var members: [String: JSONValue] = [
                "userName": .text(request.userName), "secretId": .text(request.secretID),
                "organization": .text(request.organization.name), "project": .text(request.project),
                "serviceConnection": .text(request.connection),
                "status": .text(outcome.word.split(separator: " ").joined(separator: "-")),
                "steps": .list(
                    outcome.steps.map { step in
                        .members([
                            "action": .text(step.name), "summary": .text(Self.words(for: step, request, settings)),
                        ])
                    }),
            ]
            if let key = outcome.keyNow ?? outcome.keyBefore { members["accessKeyId"] = .text(key) }
            if let error = outcome.error { members["error"] = .text(error.message) }
            if let step = outcome.failedStep { members["failedStep"] = .text(step.name) }
            switch outcome.end {
            case .retiring(let key, let until)?:
                members["oldAccessKeyId"] = .text(key)
                members["deletedAfter"] = .text(Timestamp(until).text)
            case .stillUsed(let key, _)?: members["oldAccessKeyId"] = .text(key)
            default: break
            }
            return .members(members)
        }
        let order = [
            "userName", "secretId", "organization", "project", "serviceConnection", "status", "accessKeyId",
            "oldAccessKeyId", "deletedAfter", "failedStep", "error", "action", "summary",
        ]
        return JSONValue.members(["rotations": .list(items)]).json(isPretty: true, order: order) + "\n"
    }
}
