import Domain

/// What became of one rotation, or what shall become of it.
struct RotationOutcome: Sendable {
    enum Result: Sendable {
        case planned
        case done
        case failed(ErrorReport)
    }

    let request: RotationRequest
    /// The key in the connection before.
    var keyBefore: String?
    /// The key in the connection now.
    var keyNow: String?
    var keys: [AccessKey] = []
    /// Those to be taken, or those that were.
    var steps: [RotationStep] = []
    var end: RotationEnd?
    /// Whether the run stays until an old key may be deleted, though there is nothing to do before.
    var isAwaitingGrace = false
    /// The step that failed.
    var failedStep: RotationStep?
    /// Why it did, without saying which step it was.
    var cause: ErrorReport?
    var result: Result

    var error: ErrorReport? { if case .failed(let report) = result { report } else { nil } }

    /// Whether there is anything to do in this run.
    var hasWork: Bool { !steps.isEmpty || isAwaitingGrace }

    /// The state of the rotation in a word.
    var word: String {
        switch result {
        case .failed: "failed"
        case .done: steps.isEmpty ? "unchanged" : "changed"
        case .planned: hasWork ? "to change" : "unchanged"
        }
    }
}
