package import FoundationEssentials

extension RotationObservation {
    /// Takes over what a step did, so that nobody need be asked again.
    ///
    /// - Parameters:
    ///   - created: the key that ``RotationStep/create`` brought.
    ///   - version: the name of the version that ``RotationStep/announce(keys:)`` wrote.
    package mutating func apply(
        _ step: RotationStep, created: AccessKey? = nil, version: String = "", at now: Date
    ) {
        self.now = now
        switch step {
        case .announce(let keys):
            label(StoredVersion(id: version, keyID: nil, announcement: .init(keys: keys, date: now)))
        case .create:
            guard let created else { return }
            keys.append(created)
            held.insert(created.id)
        case .store(let key, let replaced):
            label(StoredVersion(id: StoredVersion.id(ofKey: key), keyID: key, previousKeyID: replaced))
            secret.storedKeys.insert(key)
        case .verify(let key): accepted.insert(key)
        case .connect(let key):
            (connectionKey, connectionStatus, hasWrittenConnection) = (key, .inProgress, true)
        case .awaitReady: connectionStatus = .ready
        case .promote(let key): promote(key)
        case .deactivate(let key): setStatus(.inactive, of: key)
        case .activate(let key): setStatus(.active, of: key)
        case .close:
            secret.pending = nil
            secret.lastChanged = now
        case .delete(let key, _): keys.removeAll { $0.id == key }
        case .point(let key):
            secret.pending = secret.version(keeping: key)
            secret.lastChanged = now
        case .end, .refuse: break
        }
    }

    private mutating func label(_ version: StoredVersion) {
        secret.pending = version
        // The first version of a secret becomes the current one too.
        if secret.current == nil { secret.current = version }
        secret.lastChanged = now
    }

    private mutating func promote(_ key: String) {
        guard let version = secret.version(keeping: key) else { return }
        if version != secret.current { (secret.previous, secret.current) = (secret.current, version) }
        secret.lastChanged = now
    }

    private mutating func setStatus(_ status: AccessKey.Status, of id: String) {
        for index in keys.indices where keys[index].id == id { keys[index].status = status }
    }
}
