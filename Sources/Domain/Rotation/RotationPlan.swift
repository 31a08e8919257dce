import FoundationEssentials

/// The steps that a rotation will take if nothing comes in between.
package struct RotationPlan: Sendable, Equatable {
    /// What the key is called that does not exist yet.
    package static let newKey = "(the new key)"
    /// More than any way through the states has.
    private static let mostSteps = 40

    /// Without the last one.
    package let steps: [RotationStep]
    /// How it ends: ``RotationStep/end(_:)`` or ``RotationStep/refuse(_:)``.
    package let end: RotationStep
    /// The state it begins from.
    package let start: RotationState

    /// Goes through the steps in mind.
    package init(_ rules: RotationRules, from observation: RotationObservation) {
        var (rules, observation) = (rules, observation)
        var steps: [RotationStep] = []
        start = RotationState(observation)
        rules.adapt(to: start)
        while steps.count < Self.mostSteps {
            let step = rules.next(RotationState(observation), observation)
            if step.isLast {
                (self.steps, end) = (steps, step)
                return
            }
            steps.append(step)
            let created = AccessKey(id: Self.newKey, status: .active, created: observation.now)
            let version = StoredVersion.announcementID(at: observation.now, random: 0)
            observation.apply(step, created: created, version: version, at: observation.now)
            rules.adapt(after: step)
        }
        (self.steps, end) = (steps, .end(.complete))
    }
}

extension RotationStep {
    /// Whether nothing comes after it.
    package var isLast: Bool {
        switch self {
        case .end, .refuse: true
        default: false
        }
    }
}

extension RotationRules {
    /// A run that finds a rotation under way ends that one, and begins no other.
    package mutating func adapt(to start: RotationState) {
        guard goal == .rotate else { return }
        switch start {
        case .stored, .connected: goal = .complete
        case .promoted(_, _?): goal = .complete
        default: break
        }
    }

    /// Once the new key is there, or the way back is taken, a run only goes on to the end of it.
    package mutating func adapt(after step: RotationStep) {
        switch (goal, step) {
        case (.rotate, .connect), (.rollBack, .point): goal = .complete
        // What was to be gone back on is undone.
        case (.rollBack, .delete), (.rollBack, .close): goal = .undo
        default: break
        }
    }

    /// What a run is after once a step failed, by what the services say then: before the connection has the new key
    /// that key goes; from there on there is no way back that would not put the connection at risk.
    package mutating func recover(in state: RotationState) {
        switch state {
        case .connected, .promoted: goal = .complete
        default: goal = .undo
        }
    }
}
