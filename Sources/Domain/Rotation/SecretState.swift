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

/// A version of the secret that keys are kept in, and what a rotation needs to know of it. The secret itself is not here.
package struct StoredVersion: Sendable, Equatable {
    /// What a version that holds no key says: a rotation was about to create one.
    package struct Announcement: Sendable, Equatable {
        /// The user's keys before.
        package let keys: [String]
        package let date: Date

        package init(keys: [String], date: Date) { (self.keys, self.date) = (keys, date) }
    }

    package let id: String
    /// The key that is kept; `nil` where the version keeps none, or something else.
    package let keyID: String?
    /// The key it took the place of.
    package let previousKeyID: String?
    package let announcement: Announcement?

    package init(id: String, keyID: String?, previousKeyID: String? = nil, announcement: Announcement? = nil) {
        (self.id, self.keyID, self.previousKeyID, self.announcement) = (id, keyID, previousKeyID, announcement)
    }

    /// Whether something else wrote it.
    package var isForeign: Bool { !id.hasPrefix(Self.prefix) }

    private static let prefix = "keyless-"
    private static let keyPrefix = "\(prefix)access-key-"

    /// The version that keeps a key, always the same one, so that storing a key twice makes one version.
    package static func id(ofKey keyID: String) -> String {
        // ClientRequestToken: at most 64 characters. IAM's ids have 20.
        keyPrefix + String(keyID.suffix(64 - keyPrefix.count))
    }

    /// The version that announces a rotation, another one each time.
    ///
    /// - Parameter random: from 0 up to, not including, 1.
    package static func announcementID(at date: Date, random: Double) -> String {
        let digits = String(UInt64(random * 0x1p52), radix: 16)
        return "\(prefix)announcement-\(Timestamp(date).compactText)-\(digits)"
    }

    /// The key that a version of this name keeps.
    package static func keyID(ofVersion id: String) -> String? {
        id.hasPrefix(keyPrefix) ? String(id.dropFirst(keyPrefix.count)) : nil
    }
}
