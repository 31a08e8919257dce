import Domain
import FoundationEssentials

/// How a rotation is gone about, the same for all of a run.
struct RotationSettings: Sendable {
    let goal: RotationRules.Goal
    /// In seconds.
    let leastAge: TimeInterval?
    let replacesInactive: Bool
    /// Whether the run stays until the old key may be deleted.
    let waits: Bool
    let acceptance: Acceptance

    init(_ options: RotationOptions, _ acceptance: Acceptance) {
        goal = options.rollback ? .rollBack : .rotate
        leastAge = options.olderThan.map { TimeInterval($0.duration.milliseconds) / 1000 }
        (replacesInactive, waits) = (options.replaceInactive, options.wait)
        self.acceptance = acceptance
    }

    /// The rules of one rotation.
    func rules(grace: TimeInterval) -> RotationRules {
        RotationRules(goal: goal, grace: grace, leastAge: leastAge, replacesInactive: replacesInactive)
    }
}
