package import FoundationEssentials

/// What Secrets Manager says of the secret that a user's keys are kept in.
package struct SecretState: Sendable, Equatable {
    /// The version labelled `AWSCURRENT`.
    package var current: StoredVersion?
    /// The version labelled `AWSPENDING`: a rotation is under way.
    package var pending: StoredVersion?
    /// The version labelled `AWSPREVIOUS`.
    package var previous: StoredVersion?
    /// The keys that versions are named after, those without a label too.
    package var storedKeys: Set<String>
    /// When anything about the secret changed last: versions, labels.
    package var lastChanged: Date?

    package init(
        current: StoredVersion? = nil, pending: StoredVersion? = nil, previous: StoredVersion? = nil,
        storedKeys: Set<String> = [], lastChanged: Date? = nil
    ) {
        (self.current, self.pending, self.previous) = (current, pending, previous)
        (self.storedKeys, self.lastChanged) = (storedKeys, lastChanged)
    }

    /// Whether the key was put here by a rotation, or took the place of one that was.
    func knows(_ keyID: String) -> Bool {
        storedKeys.contains(keyID) || previous?.keyID == keyID || current?.previousKeyID == keyID
    }

    /// The labelled version that keeps the key.
    package func version(keeping keyID: String) -> StoredVersion? {
        [previous, current, pending].compactMap(\.self).first { $0.keyID == keyID }
    }
}
