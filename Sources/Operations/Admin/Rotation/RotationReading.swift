import AWS
import AzureDevOps
import Domain
import FoundationEssentials

/// What the services said when they were asked, all of them at once.
struct RotationReading: Sendable {
    var observation: RotationObservation
    /// The service connection as it was last read.
    var connection: ServiceConnection
    /// The secret's values by version.
    var records: [String: KeyRecord]

    /// Asks all of them.
    ///
    /// - Throws: ``AWSError``, ``CredentialError``, and ``ErrorReport`` where what is there cannot be rotated.
    static func of(_ request: RotationRequest, _ services: RotationServices) async throws -> RotationReading {
        async let found = connection(request, services)
        async let stored = secret(request, services)
        async let listed = keys(request, services)
        let (connection, secret, keys) = (try await found, try await stored, try await listed)
        let unused = keys.filter { $0.id != connection.accessKeyID }
        let observation = RotationObservation(
            keys: keys, uses: try await uses(of: unused, services), secret: secret.state,
            connectionKey: connection.accessKeyID, connectionStatus: connection.status,
            now: services.time.now())
        return RotationReading(
            observation: observation, connection: connection, records: secret.records)
    }

    /// A version's record.
    func record(of version: StoredVersion?) -> KeyRecord? { version.flatMap { records[$0.id] } }

    /// The user's access keys.
    private static func keys(
        _ request: RotationRequest, _ services: RotationServices
    ) async throws -> [AccessKey] {
        let iam = try await services.iam()
        do throws(AWSError) {
            return try await iam.accessKeys(ofUser: request.userName)
        } catch {
            guard error.isMissing else { throw error }
            let home = services.administrator.home
            throw ErrorReport(
                .badInput, "there is no IAM user \(request.userName) in account \(home.id)",
                hints: ["the credentials are those of \(home.caller): --profile names others"])
        }
    }

    /// When keys were used last.
    private static func uses(
        of keys: [AccessKey], _ services: RotationServices
    ) async throws -> [String: AccessKeyUse] {
        var uses: [String: AccessKeyUse] = [:]
        for key in keys {
            uses[key.id] = try await services.iam().lastUse(ofAccessKey: key.id)
        }
        return uses
    }

    /// The service connection, if it holds an access key and the credential may change it.
    private static func connection(
        _ request: RotationRequest, _ services: RotationServices
    ) async throws -> ServiceConnection {
        let connection = try await services.search.changeableConnection(request.connection)
        guard !connection.usesOIDC else {
            throw ErrorReport(
                .badInput, "the service connection \(request.connection) is on OIDC: it needs no access key",
                hints: ["what is left of the key can go: keyless migrate --retire-key"])
        }
        return connection
    }

    private struct StoredKeys {
        let state: SecretState
        let records: [String: KeyRecord]
    }

    /// The secret, its versions, and the values of those that have a label.
    private static func secret(
        _ request: RotationRequest, _ services: RotationServices
    ) async throws -> StoredKeys {
        let client = try await services.secrets()
        let id = request.secretID
        let description = try await description(of: id, client, services)
        let versions = try await client.versions(of: id)
        var records: [String: KeyRecord] = [:]
        for version in versions where !version.stages.isDisjoint(with: ["AWSCURRENT", "AWSPENDING", "AWSPREVIOUS"]) {
            let value = try await client.value(of: id, version: version.id)
            if let value { records[version.id] = try record(value, version, of: request.userName, description.name) }
        }
        let state = SecretState(
            current: labelled("AWSCURRENT", versions, records), pending: labelled("AWSPENDING", versions, records),
            previous: labelled("AWSPREVIOUS", versions, records),
            storedKeys: Set(versions.compactMap { StoredVersion.keyID(ofVersion: $0.id) }),
            lastChanged: description.lastChanged)
        return StoredKeys(state: state, records: records)
    }

    private static func labelled(
        _ stage: String, _ versions: [SecretVersion], _ records: [String: KeyRecord]
    ) -> StoredVersion? {
        versions.first { $0.stages.contains(stage) }.map { StoredVersion($0, records[$0.id]) }
    }

    private static func description(
        of secret: String, _ client: SecretsManagerClient, _ services: RotationServices
    ) async throws -> SecretDescription {
        let shown = ForeignText.clean(secret, limit: 200)
        let description: SecretDescription
        do throws(AWSError) {
            description = try await client.description(of: secret)
        } catch {
            guard error.isMissing else { throw error }
            throw ErrorReport(
                .badInput, "there is no secret \(shown) in \(services.region)",
                hints: ["make an empty one: aws secretsmanager create-secret --name \(shown)"])
        }
        if description.deletion != nil {
            let name = ForeignText.clean(description.name, limit: 200)
            throw ErrorReport(
                .badInput, "the secret \(name) is scheduled for deletion",
                hints: ["take it back: aws secretsmanager restore-secret --secret-id \(name)"])
        }
        return description
    }

    /// What a version holds, if a key of this user may be kept there.
    private static func record(
        _ value: SecretValue, _ version: SecretVersion, of user: String, _ secret: String
    ) throws(ErrorReport) -> KeyRecord {
        let name = ForeignText.clean(secret, limit: 200)
        guard let record = value.text.flatMap({ KeyRecord($0) }),
            !record.isForeign || !version.stages.contains("AWSCURRENT")
        else {
            throw ErrorReport(
                .badInput, "the secret \(name) holds something other than an access key, and would lose it",
                hints: [
                    #"--secret-id takes one that is empty, or a JSON object with "AccessKeyId" and "SecretAccessKey"; "#
                        + "what else is in the object stays"
                ])
        }
        if let other = record.userName, other.lowercased() != user.lowercased() {
            throw ErrorReport(
                .badInput,
                "the secret \(name) keeps the key of \(ForeignText.clean(other, limit: 150)), not of \(user)",
                hints: ["each user needs a secret of its own"])
        }
        return record
    }
}

extension StoredVersion {
    fileprivate init(_ version: SecretVersion, _ record: KeyRecord?) {
        // The service's clock is the one that keys' creations are dated by.
        let announcement = record?.announcement.map {
            Announcement(keys: $0.keys, date: version.created ?? $0.date)
        }
        self.init(
            id: version.id, keyID: record?.key?.id, previousKeyID: record?.previousKeyID, announcement: announcement)
    }
}
