import AWS
import AzureDevOps
import Domain

extension Rotation {
    /// What a step brought that nobody else knows.
    struct Done {
        var created: AccessKey?
        var version = ""
    }

    /// - Throws: ``AWSError``, ``OrganizationError``, ``CredentialError``, ``ErrorReport``.
    mutating func perform(_ step: RotationStep) async throws -> Done {
        switch step {
        case .announce(let keys): return Done(version: try await announce(keys))
        case .create: return Done(created: try await create())
        case .store(let key, let replaced): try await store(key, replacing: replaced)
        case .verify(let key): try await verify(key)
        case .connect(let key): try await connect(key)
        case .awaitReady: try await awaitReady()
        case .promote(let key): try await move("AWSCURRENT", to: key, from: reading.observation.secret.current)
        case .point(let key): try await move("AWSPENDING", to: key, from: reading.observation.secret.pending)
        case .close: try await close()
        case .activate(let key): try await setStatus(.active, of: key)
        case .deactivate(let key): try await deactivate(key)
        case .delete(let key, _): try await delete(key)
        case .end, .refuse: break
        }
        return Done()
    }

    // MARK: IAM

    private mutating func create() async throws -> AccessKey {
        let (key, pair) = try await services.iam().createAccessKey(forUser: request.userName)
        pairs[key.id] = pair
        return key
    }

    private func setStatus(_ status: AccessKey.Status, of key: String) async throws {
        try await services.iam().setStatus(status, ofAccessKey: key, user: request.userName)
    }

    private func deactivate(_ key: String) async throws {
        try await checkIsAsPlanned(key)
        // Last, since a mistake about this locks jobs out.
        try await checkIsUnused(key)
        try await setStatus(.inactive, of: key)
    }

    private func delete(_ key: String) async throws {
        try await checkIsAsPlanned(key)
        // Last, since a mistake about this locks jobs out.
        try await checkIsUnused(key)
        try await services.iam().deleteAccessKey(key, user: request.userName)
    }

    private func verify(_ key: String) async throws {
        let times = manner.propagation.times
        defer { console.endProgress() }
        try await manner.propagation.wait(
            for: try pair(key), of: request.userName, services.administrator, services.time
        ) { count in
            console.progress(count, of: times, "AWS accepts \(key)")
        }
    }

    // MARK: Secrets Manager

    private func announce(_ keys: [String]) async throws -> String {
        let now = services.time.now()
        let version = StoredVersion.announcementID(at: now, random: services.random.fraction())
        try await put(KeyRecord.announcement(of: keys, user: request.userName, at: now), as: version)
        return version
    }

    private mutating func store(_ key: String, replacing previous: String) async throws {
        let template = reading.record(of: reading.observation.secret.current) ?? .empty
        let value = template.storing(try pair(key), user: request.userName, replacing: previous)
        let version = StoredVersion.id(ofKey: key)
        try await put(value, as: version)
        reading.records[version] = KeyRecord(value)
    }

    private func put(_ value: Secret, as version: String) async throws {
        try await services.secrets().put(value, in: request.secretID, version: version, stages: ["AWSPENDING"])
    }

    private func move(_ stage: String, to key: String, from: StoredVersion?) async throws {
        guard let version = reading.observation.secret.version(keeping: key) else { throw ErrorReport.notKept(key) }
        if version.id == from?.id { return }
        try await move(stage, to: version.id, from: from?.id)
    }

    private func close() async throws {
        try await move("AWSPENDING", to: nil, from: reading.observation.secret.pending?.id)
    }

    private func move(_ stage: String, to version: String?, from: String?) async throws {
        try await services.secrets().moveStage(stage, of: request.secretID, to: version, from: from)
    }

    /// The key whole: from this run, or out of the secret.
    private func pair(_ key: String) throws(ErrorReport) -> AccessKeyPair {
        if let pair = pairs[key] { return pair }
        let kept = reading.records.values.first { $0.key?.id == key }
        guard let pair = kept?.key else { throw ErrorReport.notKept(key) }
        return pair
    }

    // MARK: Azure DevOps

    /// Writes the key into the service connection as it is right now, so that what somebody else changed meanwhile
    /// stays.
    private mutating func connect(_ key: String) async throws {
        let expected = reading.observation.connectionKey
        let found = try await readConnection()
        guard found.accessKeyID == expected || found.accessKeyID == key else {
            throw ErrorReport(
                .badInput, "somebody else changed the key of the service connection \(request.connection) meanwhile")
        }
        try await checkIsActive(key)
        reading.connection = try await editor.put(found.replacingAccessKey(try pair(key)))
    }

    /// Reads the connection until it holds the key and is ready.
    private mutating func awaitReady() async throws {
        let expected = reading.observation.connectionKey
        reading.connection = try await editor.awaitReady(reading.connection.id) { $0.accessKeyID == expected }
        reading.observation.connectionStatus = .ready
    }

    private func readConnection() async throws -> ServiceConnection {
        try await editor.search.connection(reading.connection.id.text)
    }

    private var editor: ServiceConnectionEditor { ServiceConnectionEditor(search: services.search) }

    // MARK: Other runs at the same time

    /// Makes sure that the connection does not hold a key that is about to be taken out of use.
    private func checkIsUnused(_ key: String) async throws {
        guard try await editor.search.connection(request.connection).accessKeyID != key else {
            throw ErrorReport(
                .resumable, "somebody else put \(key) into the service connection \(request.connection) meanwhile")
        }
    }

    /// Makes sure that a key that is about to be taken out of use is what it was when that was decided: in the same
    /// status, and not used since. One that is gone is nobody's any more.
    private func checkIsAsPlanned(_ key: String) async throws {
        let (iam, observation) = (try await services.iam(), reading.observation)
        guard let planned = observation.key(key),
            let present = try await iam.accessKeys(ofUser: request.userName).first(where: { $0.id == key })
        else { return }
        guard present.status == planned.status else {
            let act = present.status == .active ? "activated" : "deactivated"
            throw ErrorReport(.resumable, "someone else \(act) \(key) in the meantime")
        }
        // Of a key that was in the connection until now nobody asked: jobs used it, and rightly so.
        guard let use = observation.uses[key] else { return }
        guard try await iam.lastUse(ofAccessKey: key).date == use.date else {
            throw ErrorReport(.resumable, "someone used \(key) in the meantime")
        }
    }

    /// Makes sure that a key is still there that is about to be put into the connection.
    private func checkIsActive(_ key: String) async throws {
        let keys = try await services.iam().accessKeys(ofUser: request.userName)
        guard keys.contains(where: { $0.id == key && $0.status == .active }) else {
            throw ErrorReport(.resumable, "somebody else deleted or deactivated \(key) meanwhile")
        }
    }
}

extension ErrorReport {
    fileprivate static func notKept(_ key: String) -> ErrorReport {
        ErrorReport(.unexpected, "the secret of \(key) is not kept in Secrets Manager any more")
    }
}
