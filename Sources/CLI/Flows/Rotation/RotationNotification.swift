import Domain

extension RunNotification {
    /// How rotations ended, for those who did not watch.
    init(_ outcomes: [RotationOutcome], _ settings: RotationSettings) {
        self.init(command: "rotate", items: outcomes.map { Item($0, settings) })
    }
}

extension RunNotification.Item {
    fileprivate init(_ outcome: RotationOutcome, _ settings: RotationSettings) {
        let title = outcome.request.title
        if let error = outcome.error {
            let step = outcome.failedStep.map { RotationListing.words(for: $0, outcome.request, settings) }
            self = .failed(title, .init(step: step ?? "look at what there is", outcome.cause ?? error))
            return
        }
        var facts: [RunNotification.Fact] = []
        if let key = outcome.keyNow, key != outcome.keyBefore { facts.append(.init("key in the connection", key)) }
        facts += outcome.steps.compactMap { step in
            if case .delete(let key, _) = step { .init("deleted", key) } else { nil }
        }
        if let end = outcome.end.flatMap(RotationListing.words) { facts.append(.init("next", end)) }
        self = outcome.steps.isEmpty ? .unchanged(title, facts: facts) : .succeeded(title, facts: facts)
    }
}
