import Domain

/// Rotations for a person and for a program.
struct RotationListing {
    private let parts: [RotationPart]
    private let manner: RotationManner

    init(_ parts: [RotationPart], _ manner: RotationManner) {
        (self.parts, self.manner) = (parts, manner)
    }

    /// Every rotation in full: the keys there are, and each step.
    var plan: String { parts.map(plan).joined(separator: "\n") }

    private func plan(of part: RotationPart) -> String {
        var lines = [part.request.title, ""]
        for key in part.keys {
            let place = key.id == part.keyBefore ? ", in the service connection" : ""
            lines.append(
                "  \(key.id)  \(key.status.rawValue.lowercased()), created \(Timestamp(key.created).text)\(place)")
        }
        if !part.keys.isEmpty { lines.append("") }
        if let error = part.error { lines.append("  \(error.message)") }
        let width = String(part.steps.count).count
        for (index, step) in part.steps.enumerated() {
            let number = String(index + 1)
            let space = String(repeating: " ", count: width - number.count)
            lines.append("  \(space)\(number)  \(Self.words(for: step, part.request, manner))")
        }
        if !part.hasWork && part.error == nil { lines.append("  nothing to do now") }
        let waits = manner.waits && part.hasWork
        if let end = part.end.flatMap(waits ? Self.awaitedWords : Self.words) {
            let space = String(repeating: " ", count: part.steps.isEmpty ? 0 : width + 2)
            lines.append("  \(space)\(end)")
        }
        return lines.map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }

    /// A line a rotation.
    var table: String {
        let lines = parts.map { part in
            let word = part.status.words + String(repeating: " ", count: 9 - part.status.words.count)
            return "\(word)  \(part.request.title)  \(Self.summary(of: part))"
        }
        return (lines + ["", counts]).map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }

    /// `4 changed, 1 failed`
    private var counts: String {
        PartStatus.counts(parts.map(\.status))
    }

    /// What is to be known about one rotation, in a line.
    static func summary(of part: RotationPart) -> String {
        if let error = part.error { return error.message }
        let end = part.end.flatMap(words)
        guard !part.steps.isEmpty, case .done = part.result else { return end ?? "nothing to do" }
        let held = part.keyNow.map { "\($0) is in the service connection" }
        let deleted = part.steps.compactMap { step -> String? in
            if case .delete(let key, _) = step { "\(key) is deleted" } else { nil }
        }
        return ([held] + deleted + [end]).compactMap(\.self).joined(separator: "; ")
    }

    /// The same for a program. Names do not change from version to version.
    var json: String {
        let items = parts.map { part -> JSONValue in
            let request = part.request
            var members: [String: JSONValue] = [
                "userName": .text(request.userName), "secretId": .text(request.secretID),
                "organization": .text(request.place.organization.name), "project": .text(request.place.project),
                "serviceConnection": .text(request.connection),
            ]
            if let key = part.keyNow ?? part.keyBefore { members["accessKeyId"] = .text(key) }
            if let step = part.failedStep { members["failedStep"] = .text(step.name) }
            switch part.end {
            case .retiring(let key, let until)?:
                members["oldAccessKeyId"] = .text(key)
                members["deletedAfter"] = .text(Timestamp(until).text)
            case .stillUsed(let key, _)?: members["oldAccessKeyId"] = .text(key)
            default: break
            }
            let steps = part.steps.map { step in
                PlannedStep(action: step.name, summary: Self.words(for: step, request, manner))
            }
            return .members(part.json(steps, members))
        }
        return JSONReport.text(
            .rotate, ["rotations": .list(items)],
            order: [
                "userName", "secretId", "organization", "project", "serviceConnection", "status", "error",
                "accessKeyId", "oldAccessKeyId", "deletedAfter", "failedStep", "steps", "action", "summary",
            ])
    }
}
