package import FoundationEssentials

/// What a version of the secret holds: an access key, or the announcement of one.
///
/// A key is kept as a JSON object under `AccessKeyId` and `SecretAccessKey`, or under the names that are there already;
/// other members stay as they are.
package struct KeyRecord: Sendable {
    /// The key; `nil` where there is none.
    package let key: AccessKeyPair?
    /// Whose key it is, where that was written down.
    package let userName: String?
    /// The key it took the place of.
    package let previousKeyID: String?
    /// What a rotation was about to do.
    package let announcement: StoredVersion.Announcement?
    /// Whether the value holds something, and no place for a key: a database's password, say.
    package let isForeign: Bool
    /// What else the value holds.
    private let others: [String: JSONValue]
    private let names: (id: String, secret: String)

    /// Those that people keep access keys under, the usual ones first.
    private static let knownNames = [
        ("AccessKeyId", "SecretAccessKey"), ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        ("aws_access_key_id", "aws_secret_access_key"), ("accessKeyId", "secretAccessKey"),
        ("access_key_id", "secret_access_key"), ("access_key", "secret_key"),
    ]
    private static let userName = "UserName"
    private static let previousKeyID = "PreviousAccessKeyId"
    private static let announcement = "KeylessRotation"

    /// A secret that has no value yet.
    package static let empty = KeyRecord(members: [:])

    /// - Returns: `nil` where the value is no JSON object.
    package init?(_ value: Secret) {
        guard let members = value.withExposedBytes({ JSONValue.object($0) }) else { return nil }
        self.init(members: members)
    }

    private init(members: [String: JSONValue]) {
        let known = Self.knownNames.first { members[$0.0] != nil && members[$0.1] != nil }
        names = known ?? Self.knownNames[0]
        isForeign = known == nil && !members.isEmpty && members[Self.announcement] == nil
        if case .text(let id)? = members[names.id], case .text(let secret)? = members[names.secret], !id.isEmpty {
            key = AccessKeyPair(id: id, secret: Secret(secret))
        } else {
            key = nil
        }
        userName = members[Self.userName]?.textValue
        previousKeyID = members[Self.previousKeyID]?.textValue
        announcement = members[Self.announcement].flatMap(Self.announcement)
        let own = [names.id, names.secret, Self.userName, Self.previousKeyID, Self.announcement]
        others = members.filter { !own.contains($0.key) }
    }

    private static func announcement(_ value: JSONValue) -> StoredVersion.Announcement? {
        guard case .list(let keys)? = value["AccessKeyIds"], let date = value["Date"]?.textValue.flatMap(Timestamp.init)
        else { return nil }
        return StoredVersion.Announcement(keys: keys.compactMap(\.textValue), date: date.date)
    }

    /// The value of a version that announces a rotation.
    package static func announcement(of keys: [String], user: String, at date: Date) -> Secret {
        SecretJSON.value(
            .members([
                announcement: .members([
                    "AccessKeyIds": .list(keys.map { .text($0) }), "Date": .text(Timestamp(date).text),
                ]),
                userName: .text(user),
            ])
        ).text
    }

    /// The value of a version that keeps another key in place of this one.
    package func storing(_ pair: AccessKeyPair, user: String, replacing previous: String) -> Secret {
        var members = others.mapValues { SecretJSON.value($0) }
        members[names.id] = .value(.text(pair.id))
        members[names.secret] = .secret(pair.secret)
        members[Self.userName] = .value(.text(user))
        members[Self.previousKeyID] = .value(.text(previous))
        return SecretJSON.members(members).text
    }
}

extension JSONValue {
    /// The text, where it is one.
    package var textValue: String? { if case .text(let text) = self { text } else { nil } }
}
