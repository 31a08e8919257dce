import Domain
import Foundation

/// IAM, Secrets Manager and Azure DevOps as a rotation meets them, written down independently of what the rules expect
/// to come of a step.
struct RotationServices: Equatable {
    struct Version: Equatable {
        var keyID: String?
        var previousKeyID: String?
        var announcement: StoredVersion.Announcement?
    }

    struct Refusal: Error {}

    static let start = Date(timeIntervalSince1970: 1_770_000_000)

    var keys: [AccessKey] = [AccessKey(id: "AKIAOLD", status: .active, created: start.addingTimeInterval(-864_000))]
    var uses: [String: AccessKeyUse] = [:]
    var versions: [String: Version] = [:]
    var labels: [String: String] = [:]
    var connectionKey = "AKIAOLD"
    var readsUntilReady = 0
    var changed: Date?
    var now = start
    private var created = 0

    /// The secret keeps the key of the connection: after a rotation, or because somebody put it there.
    static func keeping(asVersion id: String) -> RotationServices {
        var services = RotationServices()
        services.versions[id] = Version(keyID: "AKIAOLD")
        services.labels["AWSCURRENT"] = id
        return services
    }

    static var rotatedBefore: RotationServices { keeping(asVersion: StoredVersion.id(ofKey: "AKIAOLD")) }
    static var storedByHand: RotationServices { keeping(asVersion: "5e3a2c50-0000-4000-8000-00000000000a") }

    var observation: RotationObservation {
        func version(_ label: String) -> StoredVersion? {
            guard let id = labels[label], let version = versions[id] else { return nil }
            return StoredVersion(
                id: id, keyID: version.keyID, previousKeyID: version.previousKeyID, announcement: version.announcement)
        }
        let secret = SecretState(
            current: version("AWSCURRENT"), pending: version("AWSPENDING"), previous: version("AWSPREVIOUS"),
            storedKeys: Set(versions.keys.compactMap(StoredVersion.keyID(ofVersion:))), lastChanged: changed)
        return RotationObservation(
            keys: keys, uses: uses.filter { $0.key != connectionKey }, secret: secret, connectionKey: connectionKey,
            connectionStatus: readsUntilReady > 0 ? .inProgress : .ready, now: now)
    }

    /// What the services do when they are asked for it.
    ///
    /// - Returns: a key that was created.
    mutating func perform(_ step: RotationStep) throws -> AccessKey? {
        now += 1
        switch step {
        case .announce(let keys):
            put(
                "keyless-announcement-\(now.timeIntervalSince1970)", Version(announcement: .init(keys: keys, date: now))
            )
        case .create: return try create()
        case .store(let key, let old): put(StoredVersion.id(ofKey: key), Version(keyID: key, previousKeyID: old))
        case .verify(let key):
            guard keys.contains(where: { $0.id == key && $0.status == .active }) else { throw Refusal() }
        case .connect(let key): (connectionKey, readsUntilReady) = (key, 2)
        case .awaitReady: readsUntilReady = 0
        case .promote(let key): try promote(key)
        case .deactivate(let key): try setStatus(.inactive, of: key)
        case .activate(let key): try setStatus(.active, of: key)
        case .close: (labels["AWSPENDING"], changed) = (nil, now)
        case .delete(let key, _): keys.removeAll { $0.id == key }
        case .point(let key):
            guard let id = versions.first(where: { $0.value.keyID == key })?.key else { throw Refusal() }
            (labels["AWSPENDING"], changed) = (id, now)
        case .end, .refuse: break
        }
        return nil
    }

    private mutating func put(_ id: String, _ version: Version) {
        versions[id] = version
        labels["AWSPENDING"] = id
        if labels["AWSCURRENT"] == nil { labels["AWSCURRENT"] = id }
        changed = now
    }

    private mutating func create() throws -> AccessKey {
        guard keys.count < 2 else { throw Refusal() }
        created += 1
        let key = AccessKey(id: "AKIANEW\(created)", status: .active, created: now)
        keys.append(key)
        return key
    }

    private mutating func promote(_ key: String) throws {
        guard let id = versions.first(where: { $0.value.keyID == key })?.key else { throw Refusal() }
        if let before = labels["AWSCURRENT"], before != id { labels["AWSPREVIOUS"] = before }
        (labels["AWSCURRENT"], changed) = (id, now)
    }

    private mutating func setStatus(_ status: AccessKey.Status, of id: String) throws {
        guard let index = keys.firstIndex(where: { $0.id == id }) else { throw Refusal() }
        keys[index].status = status
    }

    /// What must hold at every moment: AWS accepts the key that is in the connection.
    var isConnectionAlive: Bool { keys.contains { $0.id == connectionKey && $0.status == .active } }

    /// What must hold in the end: no key that nobody knows, the secret's current version is the connection's key.
    var isInOrder: Bool {
        let current = labels["AWSCURRENT"].flatMap { versions[$0]?.keyID }
        let others = keys.filter { $0.id != connectionKey }
        return isConnectionAlive && labels["AWSPENDING"] == nil && current == connectionKey
            && others.allSatisfy { $0.status == .inactive && $0.id.hasPrefix("AKIA") }
    }
}
