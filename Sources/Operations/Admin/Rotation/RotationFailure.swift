import Domain

/// A rotation that did not get to its end, and what that means for whoever reads of it.
struct RotationFailure: Error {
    /// What the run leaves.
    enum Consequence {
        /// Nothing was changed, or all of it was undone.
        case unchanged(wasKeyDeleted: Bool)
        /// It stands half-way, and the next run goes on; that is what kept it from undoing what it had done.
        case halfWay(ErrorReport?)
    }

    let step: RotationStep
    let cause: ErrorReport
    private(set) var consequence: Consequence

    init(step: RotationStep, cause: ErrorReport, second: ErrorReport?) {
        (self.step, self.cause, consequence) = (step, cause, .halfWay(second))
    }

    func resumable(after second: ErrorReport?) -> RotationFailure {
        var copy = self
        copy.consequence = .halfWay(second)
        return copy
    }

    func undone(isNewKeyThere: Bool) -> RotationFailure {
        var copy = self
        copy.consequence = .unchanged(wasKeyDeleted: isNewKeyThere)
        return copy
    }
}
