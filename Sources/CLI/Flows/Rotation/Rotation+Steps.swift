import AWS
import AzureDevOps
import Domain

extension Rotation {
    /// What a step brought that nobody else knows.
    struct Done {
        var created: AccessKey?
        var version = ""
    }

    /// - Throws: ``AdminFailure``, ``OrganizationError``, ``CredentialError``, ``ErrorReport``.
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
        case .deactivate(let key): try await setStatus(.inactive, of: key)
        case .delete(let key, _): try await delete(key)
        case .end, .refuse: break
        }
        return Done()
    }

    // MARK: IAM

    private mutating func create() async throws -> AccessKey {
        let iam = try await services.iam()
        let (key, pair) = try await services.asking("iam:CreateAccessKey", on: user) { () throws(AWSError) in
            try await iam.createAccessKey(forUser: request.userName)
        }
        pairs[key.id] = pair
        return key
    }

    private func setStatus(_ status: AccessKey.Status, of key: String) async throws {
        let iam = try await services.iam()
        try await services.asking("iam:UpdateAccessKey", on: user) { () throws(AWSError) in
            try await iam.setStatus(status, ofAccessKey: key, user: request.userName)
        }
    }

    private func delete(_ key: String) async throws {
        let iam = try await services.iam()
        try await services.asking("iam:DeleteAccessKey", on: user) { () throws(AWSError) in
            try await iam.deleteAccessKey(key, user: request.userName)
        }
    }

    private var user: String {
        let home = services.administrator.home
        return "arn:\(home.partition):iam::\(home.id):user/\(request.userName)"
    }

    private func verify(_ key: String) async throws {
        let times = settings.acceptance.times
        defer { console.endProgress() }
        try await settings.acceptance.wait(
            for: try pair(key), of: request.userName, services.administrator, services.network.time
        ) { count in
            console.progress(count, of: times, "AWS accepts \(key)")
        }
    }

    // MARK: Secrets Manager

    private func announce(_ keys: [String]) async throws -> String {
        let now = services.network.time.now()
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
        let secrets = try await services.secrets()
        try await services.asking("secretsmanager:PutSecretValue", on: secret) { () throws(AWSError) in
            try await secrets.put(value, in: request.secretID, version: version, stages: ["AWSPENDING"])
        }
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
        let secrets = try await services.secrets()
        try await services.asking("secretsmanager:UpdateSecretVersionStage", on: secret) {
            () throws(AWSError) in
            try await secrets.moveStage(stage, of: request.secretID, to: version, from: from)
        }
    }

    private var secret: String { services.arn(ofSecret: request.secretID) }

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
        let update = found.replacingAccessKey(try pair(key))
        reading.connection = try await services.asking { (limits) throws(OrganizationError) in
            try await services.connections.update(update, limits: limits)
        }
    }

    /// Reads the connection until it holds the key and is ready.
    private mutating func awaitReady() async throws {
        let time = services.network.time
        let deadline = services.network.renewed().retrier.deadline
        var interval = Duration.milliseconds(100)
        while true {
            reading.connection = try await readConnection()
            guard reading.connection.accessKeyID == reading.observation.connectionKey else {
                throw ErrorReport(
                    .unavailable, "the service connection \(request.connection) holds another key than was put into it")
            }
            reading.observation.connectionStatus = reading.connection.rotationStatus
            switch reading.connection.rotationStatus {
            case .ready: return
            case .failed: throw ErrorReport.connectionFailed(request, reading.connection.operationState?.message)
            case .inProgress: break
            }
            guard interval < deadline.remaining(of: time) else {
                throw ErrorReport(
                    .unavailable, "Azure DevOps does not get the service connection \(request.connection) ready",
                    hints: ["give it longer with --timeout 5m"])
            }
            try await time.sleep(for: interval)
            interval = min(interval * 2, .seconds(2))
        }
    }

    private func readConnection() async throws -> ServiceConnection {
        try await ServiceConnectionSearch(
            client: services.connections, organization: request.organization, project: request.project,
            network: services.network
        ).connection(reading.connection.id.text)
    }
}

extension ServiceConnection {
    /// How far Azure DevOps is with it.
    var rotationStatus: RotationObservation.ConnectionStatus {
        if operationState?.state.lowercased() == "failed" { return .failed }
        return isReady ? .ready : .inProgress
    }
}

extension ErrorReport {
    fileprivate static func connectionFailed(_ request: RotationRequest, _ message: String?) -> ErrorReport {
        ErrorReport(
            .unavailable,
            "Azure DevOps could not update the service connection \(request.connection)\(words(of: message))")
    }

    fileprivate static func notKept(_ key: String) -> ErrorReport {
        ErrorReport(.unexpected, "the secret of \(key) is not kept in Secrets Manager any more")
    }
}
