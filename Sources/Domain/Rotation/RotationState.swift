import FoundationEssentials

/// Where a rotation stands. It is read off what the services say, so no run needs to know of the one before.
///
/// `new` is the key that `AWSPENDING` names, or is about to name; `old` the one it takes the place of.
package enum RotationState: Sendable, Equatable {
    /// One key, in the connection, and no rotation under way.
    case settled(AccessKey)
    /// A creation was announced. `orphan` is a key that came of it and whose secret nobody has.
    case announced(orphan: AccessKey?)
    /// Created in this run, and kept nowhere yet.
    case created(new: AccessKey, old: AccessKey)
    /// Kept as `AWSPENDING`, and not in the connection yet.
    case stored(new: AccessKey, old: AccessKey)
    /// `AWSPENDING` names a key that does not exist, or announces one where there is no place for it.
    case abandoned
    /// In the connection, and not `AWSCURRENT` yet.
    case connected(new: AccessKey, old: AccessKey?)
    /// In the connection and `AWSCURRENT`; the rotation is not closed.
    case promoted(new: AccessKey, old: AccessKey?)
    /// Closed; the old key is inactive and still there.
    case retiring(current: AccessKey, old: AccessKey)
    /// A key that was stored by a rotation and never came into the connection.
    case orphaned(AccessKey)
    /// A second key that no rotation knows of.
    case occupied(current: AccessKey, other: AccessKey)
    /// `AWSPENDING` labels a version that no rotation of a service connection wrote.
    case pendingElsewhere(version: String)
    /// The connection holds a key that is not the user's, or none.
    case foreign(connectionKey: String?)

    /// How long after its announcement a key may have been created. Whoever is slower than that is somebody else.
    private static let announcementWindow: TimeInterval = 15 * 60
    /// How far the clocks of IAM and of whoever announced may be apart.
    private static let clockTolerance: TimeInterval = 5 * 60

    package init(_ observation: RotationObservation) {
        guard let current = observation.key(observation.connectionKey) else {
            self = .foreign(connectionKey: observation.connectionKey)
            return
        }
        let other = observation.keys.first { $0.id != current.id }
        let secret = observation.secret
        // Other rotations leave their label on the version that became the current one. So does a return to a key
        // that was stored by somebody else; but then the key that it came from is there.
        let isLeftOver = { (version: StoredVersion) in
            version.id == secret.current?.id && version.isForeign && other.map { secret.knows($0.id) } != true
        }
        guard let pending = secret.pending, !isLeftOver(pending) else {
            self = Self.closed(current, other, observation)
            return
        }
        if pending.isForeign && ![secret.previous?.id, secret.current?.id].contains(pending.id) {
            self = .pendingElsewhere(version: pending.id)
        } else if let keyID = pending.keyID {
            self = Self.underWay(pending, keyID, current, other, secret)
        } else {
            self = Self.announced(pending, current, other, observation)
        }
    }

    private static func underWay(
        _ pending: StoredVersion, _ keyID: String, _ current: AccessKey, _ other: AccessKey?, _ secret: SecretState
    ) -> RotationState {
        if keyID == other?.id, let other { return .stored(new: other, old: current) }
        guard keyID == current.id else { return .abandoned }
        // A key that somebody else created meanwhile is not the old one.
        let old = other.flatMap { pending.previousKeyID == $0.id || secret.knows($0.id) ? $0 : nil }
        return secret.current?.keyID == keyID ? .promoted(new: current, old: old) : .connected(new: current, old: old)
    }

    private static func announced(
        _ pending: StoredVersion, _ current: AccessKey, _ other: AccessKey?, _ observation: RotationObservation
    ) -> RotationState {
        guard let other else { return .announced(orphan: nil) }
        if observation.held.contains(other.id) { return .created(new: other, old: current) }
        if isOrphan(other, of: pending.announcement, observation) { return .announced(orphan: other) }
        return .abandoned
    }

    /// Whether a key came of an announcement: it was not there before, it was created right after, and nobody used it.
    private static func isOrphan(
        _ key: AccessKey, of announcement: StoredVersion.Announcement?, _ observation: RotationObservation
    ) -> Bool {
        guard let announcement, !announcement.keys.contains(key.id), observation.uses[key.id]?.date == nil else {
            return false
        }
        let age = key.created.timeIntervalSince(announcement.date)
        return -clockTolerance <= age && age <= announcementWindow
    }

    private static func closed(
        _ current: AccessKey, _ other: AccessKey?, _ observation: RotationObservation
    ) -> RotationState {
        guard let other else { return .settled(current) }
        let secret = observation.secret
        guard secret.knows(other.id) else { return .occupied(current: current, other: other) }
        if other.status != .active { return .retiring(current: current, old: other) }
        // Somebody activated an old key again, and will have had a reason.
        let wasInUse =
            [secret.current, secret.previous].contains { $0?.keyID == other.id }
            || secret.current?.previousKeyID == other.id
        return wasInUse ? .occupied(current: current, other: other) : .orphaned(other)
    }
}

extension RotationState {
    /// Whether there is a key that the rotation created and the connection has not got.
    package var hasUnusedKey: Bool {
        switch self {
        case .created, .stored, .announced(orphan: _?), .orphaned: true
        default: false
        }
    }
}
