import Domain

/// A rotation of a run: what is to be done, or what became of it.
struct RotationPart: PlannedPart {
    enum Result: Sendable {
        case planned
        case done
        case failed(ErrorReport)
    }

    /// What a person agrees to.
    struct Plan: Equatable {
        let steps: [RotationStep]
        let keyBefore: String?
        let keys: [AccessKey]
    }

    let request: RotationRequest
    /// The rotation, looked at; `nil` if that failed.
    var rotation: Rotation?
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
    var result = Result.planned

    var plan: Plan { Plan(steps: steps, keyBefore: keyBefore, keys: keys) }
    var error: ErrorReport? { if case .failed(let report) = result { report } else { nil } }

    /// Whether there is anything to do in this run.
    var hasWork: Bool { !steps.isEmpty || isAwaitingGrace }

    var status: PartStatus {
        switch result {
        case .failed: .failed
        case .done: steps.isEmpty ? .unchanged : .changed
        case .planned: hasWork ? .toChange : .unchanged
        }
    }
}
