import Domain

extension RunNotification {
    /// How rotations ended, for those who did not watch.
    init(_ parts: [RotationPart], _ manner: RotationManner) {
        self.init(command: "rotate", items: parts.map { Item($0, manner) })
    }
}

extension RunNotification.Item {
    fileprivate init(_ part: RotationPart, _ manner: RotationManner) {
        let title = part.request.title
        if let error = part.error {
            let step = part.failedStep.map { RotationListing.words(for: $0, part.request, manner) }
            self = .failed(title, .init(step: step ?? "look at what there is", part.cause ?? error))
            return
        }
        var facts: [Fact] = []
        if let key = part.keyNow, key != part.keyBefore { facts.append(.init("key in the connection", key)) }
        facts += part.steps.compactMap { step in
            if case .delete(let key, _) = step { .init("deleted", key) } else { nil }
        }
        if let end = part.end.flatMap(RotationListing.words) { facts.append(.init("next", end)) }
        self = part.steps.isEmpty ? .unchanged(title, facts: facts) : .succeeded(title, facts: facts)
    }
}
