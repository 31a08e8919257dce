package import FoundationEssentials

/// The order in which a key is rotated, and the conditions of every step.
///
/// At any moment AWS accepts the key that is in the service connection, and wherever a run ends, the next one sees how
/// far it came and goes on, or undoes it.
package struct RotationRules: Sendable, Equatable {
    /// What a run is after.
    package enum Goal: Sendable, Equatable {
        /// A new key in the connection.
        case rotate
        /// The end of a rotation that is under way, and no other one.
        case complete
        /// As it was before the new key was created.
        case undo
        /// The earlier key in the connection.
        case rollBack
    }

    package var goal: Goal
    /// How long an old key stays, inactive, before it is deleted, in seconds.
    package var grace: TimeInterval
    /// Keys younger than this are not rotated, in seconds; `nil` for all.
    package var leastAge: TimeInterval?
    /// Whether an inactive key may be deleted to make room, whatever it was for.
    package var replacesInactive: Bool

    package init(goal: Goal, grace: TimeInterval, leastAge: TimeInterval? = nil, replacesInactive: Bool = false) {
        (self.goal, self.grace, self.leastAge) = (goal, grace, leastAge)
        self.replacesInactive = replacesInactive
    }

    /// What to do now.
    package func next(_ state: RotationState, _ observation: RotationObservation) -> RotationStep {
        switch state {
        case .foreign(let key): .refuse(.foreignKey(key))
        case .pendingElsewhere(let version): .refuse(.pendingElsewhere(version: version))
        case .announced(let orphan): announced(orphan, observation)
        case .orphaned(let key): .delete(key: key.id, .orphan)
        case .abandoned: .close
        case .created(let new, let old):
            isGoingBack ? .delete(key: new.id, .undone) : .store(key: new.id, replacing: old.id)
        case .stored(let new, let old): stored(new, old, observation)
        case .connected(let new, let old): connected(new, old, observation)
        case .promoted(let new, let old): promoted(new, old, observation)
        case .occupied(let current, let other): occupied(current, other, observation)
        case .retiring(let current, let old): retiring(current, old, observation)
        case .settled(let key): settled(key, observation)
        }
    }

    /// How long an announcement holds, in seconds.
    private static let announcementLife: TimeInterval = 5 * 60

    private var isGoingBack: Bool { goal == .undo || goal == .rollBack }

    private func announced(_ orphan: AccessKey?, _ observation: RotationObservation) -> RotationStep {
        if let orphan { return .delete(key: orphan.id, .orphan) }
        guard goal == .rotate else { return .close }
        // An old announcement would not explain a key that is created now.
        let (keys, announcement) = (observation.keys.map(\.id), observation.secret.pending?.announcement)
        guard let announcement, announcement.keys == keys,
            abs(observation.now.timeIntervalSince(announcement.date)) < Self.announcementLife
        else { return .announce(keys: keys) }
        return .create
    }

    private func stored(_ new: AccessKey, _ old: AccessKey, _ observation: RotationObservation) -> RotationStep {
        // Only on the way back is the key to come older than the one that is there.
        let isReturn = new.created < old.created
        if goal == .undo {
            guard isReturn else { return .delete(key: new.id, .undone) }
            return new.status == .active ? .deactivate(key: new.id) : .close
        }
        if goal == .rollBack && !isReturn { return .delete(key: new.id, .undone) }
        if new.status != .active { return .activate(key: new.id) }
        return observation.accepted.contains(new.id) ? .connect(key: new.id) : .verify(key: new.id)
    }

    private func connected(_ new: AccessKey, _ old: AccessKey?, _ observation: RotationObservation) -> RotationStep {
        if goal == .rollBack, let back = goingBack(from: new, to: old, observation) { return back }
        switch observation.connectionStatus {
        case .inProgress: return .awaitReady
        case .failed: return observation.hasWrittenConnection ? .refuse(.connectionFailed) : .connect(key: new.id)
        case .ready: return .promote(key: new.id)
        }
    }

    private func promoted(_ new: AccessKey, _ old: AccessKey?, _ observation: RotationObservation) -> RotationStep {
        if goal == .rollBack, let back = goingBack(from: new, to: old, observation) { return back }
        if let old, old.status == .active { return .deactivate(key: old.id) }
        return .close
    }

    /// The way from a key that is in the connection to an older one; `nil` where the older one is there already.
    private func goingBack(
        from key: AccessKey, to old: AccessKey?, _ observation: RotationObservation
    ) -> RotationStep? {
        guard let old else { return .refuse(.nothingToReturnTo) }
        guard old.created < key.created else { return nil }
        guard observation.secret.version(keeping: old.id) != nil else { return .refuse(.secretUnknown(key: old.id)) }
        return .point(key: old.id)
    }

    private func occupied(
        _ current: AccessKey, _ other: AccessKey, _ observation: RotationObservation
    ) -> RotationStep {
        if goal == .rollBack {
            return goingBack(from: current, to: other, observation) ?? .refuse(.nothingToReturnTo)
        }
        guard goal == .rotate else { return .end(.complete) }
        if other.status == .active { return .refuse(.twoActiveKeys(inConnection: current.id, other: other.id)) }
        guard replacesInactive else { return .refuse(.inactiveKey(inConnection: current.id, other: other.id)) }
        return .delete(key: other.id, .inactive)
    }

    private func retiring(_ current: AccessKey, _ old: AccessKey, _ observation: RotationObservation) -> RotationStep {
        if goal == .undo { return .end(.complete) }
        if goal == .rollBack {
            return goingBack(from: current, to: old, observation) ?? .end(.complete)
        }
        let isYoung = end(ifYoung: current, observation) != nil
        if goal == .rotate && replacesInactive && !isYoung { return .delete(key: old.id, .inactive) }
        let began = [observation.secret.lastChanged, current.created].compactMap(\.self).max() ?? current.created
        let until = began.addingTimeInterval(grace)
        guard observation.now >= until else { return .end(.retiring(key: old.id, until: until)) }
        // Until then jobs had the old key from the connection, and rightly so.
        if let use = observation.uses[old.id], let date = use.date, date >= began {
            return goal == .rotate ? .refuse(.oldKeyStillUsed(old.id, use)) : .end(.stillUsed(key: old.id, use))
        }
        return .delete(key: old.id, .retired)
    }

    private func settled(_ key: AccessKey, _ observation: RotationObservation) -> RotationStep {
        switch goal {
        case .complete, .undo: return .end(.complete)
        case .rollBack: return .refuse(.nothingToReturnTo)
        case .rotate:
            return end(ifYoung: key, observation) ?? .announce(keys: observation.keys.map(\.id))
        }
    }

    private func end(ifYoung key: AccessKey, _ observation: RotationObservation) -> RotationStep? {
        guard let until = leastAge.map({ key.created.addingTimeInterval($0) }), observation.now < until else {
            return nil
        }
        return .end(.young(key: key.id, until: until))
    }
}
