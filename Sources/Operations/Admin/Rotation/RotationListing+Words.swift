import Domain

extension RotationListing {
    /// A step, in words that end no sentence.
    static func words(for step: RotationStep, _ request: RotationRequest, _ manner: RotationManner) -> String {
        let (secret, connection) = (request.secretID, request.connection)
        switch step {
        case .announce: return "note in the secret \(secret) that a key will be created"
        case .create: return "create an access key of \(request.userName)"
        case .store(let key, _): return "keep \(key) in the secret as AWSPENDING"
        case .verify(let key):
            let propagation = manner.propagation
            return "wait until AWS accepts \(key) \(propagation.times) times in a row, over \(propagation.over.words)"
        case .connect(let key): return "put \(key) into the service connection \(connection), which stays the same one"
        case .awaitReady: return "wait until the service connection is ready"
        case .promote(let key): return "move AWSCURRENT of the secret to \(key)"
        case .deactivate(let key): return "deactivate \(key)"
        case .activate(let key): return "activate \(key) again"
        case .close: return "take AWSPENDING off the secret: the rotation is over"
        case .delete(let key, let reason): return "delete \(key), \(words(for: reason))"
        case .point(let key): return "label \(key) AWSPENDING in the secret: it is the one to go back to"
        case .end, .refuse: return ""
        }
    }

    private static func words(for reason: RotationStep.DeletionReason) -> String {
        switch reason {
        case .orphan: "which an earlier run left and nobody has the secret of"
        case .undone: "which is not used yet"
        case .retired: "whose grace is over"
        case .inactive: "which is inactive"
        }
    }

    /// Why nothing more is done now; `nil` where that needs no word.
    static func words(for end: RotationEnd) -> String? {
        switch end {
        case .complete: nil
        case .retiring(let key, let until): "\(key) is inactive, and a run after \(Timestamp(until).text) deletes it"
        case .stillUsed(let key, let use):
            "\(key) is inactive and stays: \(use.words), after the new one had taken its place; delete it with --replace-inactive"
        case .young(let key, let until): "\(key) is not rotated before \(Timestamp(until).text)"
        }
    }

    /// The same of a run that has yet to begin, and stays until the grace is over.
    static func awaitedWords(for end: RotationEnd) -> String? {
        guard case .retiring(let key, let until) = end else { return words(for: end) }
        return "\(key) is inactive; this run waits until \(Timestamp(until).text), then deletes it unless it was used"
    }
}

extension AccessKeyUse {
    /// `it was last used 2026-01-01T00:00:00Z for s3 in eu-central-1`
    var words: String {
        let date = date.map { " \(Timestamp($0).text)" } ?? ""
        return "it was last used\(date)" + (service.map { " for \($0)" } ?? "") + (region.map { " in \($0)" } ?? "")
    }
}

extension Duration {
    /// `10 s`, `500 ms`
    var words: String { milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms" }
}

extension RotationStep {
    /// For programs; it never changes.
    var name: String {
        switch self {
        case .announce: "announce"
        case .create: "create"
        case .store: "store"
        case .verify: "verify"
        case .connect: "connect"
        case .awaitReady: "await-ready"
        case .promote: "promote"
        case .deactivate: "deactivate"
        case .activate: "activate"
        case .close: "close"
        case .delete: "delete"
        case .point: "point"
        case .end: "end"
        case .refuse: "refuse"
        }
    }
}
