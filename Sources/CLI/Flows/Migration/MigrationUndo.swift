import AWS
import AzureDevOps
import Domain

/// Puts the access key back into a service connection that was moved to OIDC.
struct MigrationUndo {
    /// The largest file with a key's secret, in bytes.
    private static let largestFile = 4096

    let request: MigrationRequest
    let options: MigrationOptions
    let editor: ServiceConnectionEditor
    let administrator: Administrator
    let region: Region?
    let acceptance: Acceptance
    let change: ChangeOptions
    let context: Context
    let console: Console

    private var network: Network { editor.search.network }

    /// - Throws: ``ErrorReport``, and whatever keeps one of the services from answering.
    func run() async throws {
        let connection = try await editor.search.changeableConnection(request.connection)
        // One whose last update failed says what was put, and cannot be used.
        guard connection.usesOIDC || connection.rotationStatus == .failed else {
            console.note("\(request.title) uses its access key \(connection.accessKeyID ?? "(none)"): nothing to do")
            return
        }
        let (key, user) = try await key(of: connection)
        let pair = AccessKeyPair(id: key.id, secret: try await secret(of: key.id))
        let isOnlyLooking = change.dryRun || change.check
        if isOnlyLooking || change.output == .text { try show(connection, key, user, "planned") }
        if change.check { throw Agreement.drift }
        if isOnlyLooking { return }
        try Agreement.ask(change, context)
        try await apply(connection, key, pair, user)
        if change.output == .json { try show(connection, key, user, "changed") }
        console.note("\(request.title): the access key \(key.id) is in the service connection again")
    }

    /// The key that is to be put back, and whose it is.
    private func key(of connection: ServiceConnection) async throws -> (AccessKey, user: String) {
        guard let id = connection.keyID else {
            throw ErrorReport(
                .badInput, "nothing says which access key the service connection \(request.title) had",
                hints: [
                    "keyless migrate notes it in the connection's description, where it is missing now",
                    "put a key in by hand; 'keyless rotate' replaces it then",
                ])
        }
        let facts = try await AccessKeyFacts.of(id, administrator, network)
        guard let key = facts.key, let user = facts.userName else {
            throw ErrorReport(
                .badInput, "the access key \(id) that it had is deleted, so there is no way back to it",
                hints: ["put another key in by hand; 'keyless rotate' replaces it then"])
        }
        return (key, user)
    }

    /// The role that is assumed with the key: as named, else as it was.
    private func role(of connection: ServiceConnection) -> String? {
        request.role?.text ?? (connection.usesOIDC ? connection.earlierKey?.role : connection.roleARN)
    }

    private func show(_ connection: ServiceConnection, _ key: AccessKey, _ user: String, _ status: String) throws {
        var steps: [(action: String, summary: String)] = []
        if key.status != .active { steps.append(("activate", "activate the access key \(key.id) of \(user) again")) }
        let role = role(of: connection).map { ", with which it assumes \($0)" } ?? ""
        steps += [
            ("verify", "wait until AWS accepts \(key.id) \(acceptance.times) times in a row"),
            ("switch", "switch the service connection to the access key \(key.id)\(role); it stays the same one"),
            ("await-ready", "wait until the service connection is ready"),
        ]
        let text: String
        if change.output == .json {
            let items = steps.map { JSONValue.members(["action": .text($0.action), "summary": .text($0.summary)]) }
            let value = JSONValue.members([
                "serviceConnection": ConnectionListing.json(connection, nil), "status": .text(status),
                "steps": .list(items),
            ])
            text =
                value.json(isPretty: true, order: ["serviceConnection", "status", "steps"] + ConnectionListing.order)
                + "\n"
        } else {
            let lines = [request.title, ""] + steps.enumerated().map { "  \($0.offset + 1)  \($0.element.summary)" }
            text = lines.map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
        }
        try context.standardOutput.write(Secret(text))
    }

    private func apply(
        _ connection: ServiceConnection, _ key: AccessKey, _ pair: AccessKeyPair, _ user: String
    ) async throws {
        if key.status != .active { try await setStatus(.active, of: key.id, user) }
        do {
            try await acceptance.wait(for: pair, of: user, administrator, network.time) { count in
                console.progress(count, of: acceptance.times, "AWS accepts \(key.id)")
            }
            console.endProgress()
        } catch {
            // As it was before: an active key that nothing uses is what was to be got rid of.
            if key.status != .active { try? await setStatus(.inactive, of: key.id, user) }
            console.endProgress()
            let report = ErrorReport(error)
            throw ErrorReport(
                report.code, report.message,
                hints: ["is the secret that was given the one of \(key.id)?"] + report.hints)
        }
        let found = try await editor.search.connection(connection.id.text)
        let update = found.forgettingKey.switchedToAccessKey(pair, role: role(of: found))
        try await ConnectionSwitch(editor: editor, title: request.title) { !$0.usesOIDC && $0.accessKeyID == pair.id }
            .run(update) { if key.status != .active { try? await setStatus(.inactive, of: key.id, user) } }
    }

    private func setStatus(_ status: AccessKey.Status, of key: String, _ user: String) async throws {
        let iam = try administrator.iam(administrator.home, network.renewed().retrier)
        try await administrator.asking("iam:UpdateAccessKey", on: administrator.arn(ofUser: user)) {
            () throws(AWSError) in
            try await iam.setStatus(status, ofAccessKey: key, user: user)
        }
    }

    /// The key's secret, which no service but Secrets Manager tells.
    private func secret(of key: String) async throws -> Secret {
        if let path = options.secretAccessKeyFile {
            let secret = try FileSystem.read(path, named: "secret access key", limit: Self.largestFile).trimmed()
            guard !secret.isEmpty, !secret.contains(where: { $0 <= 0x20 }) else {
                throw ErrorReport(.badInput, "\(path) holds no secret access key")
            }
            return secret
        }
        guard let id = options.secretId else {
            throw ErrorReport(
                .usage, "the secret of \(key) is not in the service connection any more",
                hints: ["say where it is kept: --secret-id in Secrets Manager, or --secret-access-key-file"])
        }
        let region = try Principals.region(of: id, else: region)
        let client = SecretsManagerClient(
            try await administrator.session(network.renewed().retrier),
            endpoint: try administrator.endpoint(.secretsManager, in: region))
        for stage in ["AWSCURRENT", "AWSPREVIOUS"] {
            let value: SecretValue?
            do throws(AWSError) {
                value = try await client.value(of: id, stage: stage)
            } catch .service(let fault) where fault.code == "ResourceNotFoundException" {
                throw ErrorReport(
                    .badInput, "there is no secret \(ForeignText.clean(id, limit: 200)) in Secrets Manager",
                    hints: ["it is looked for in account \(administrator.home.id), region \(region.name)"])
            } catch {
                throw AdminFailure(
                    action: "secretsmanager:GetSecretValue", resource: id, caller: administrator.home.caller,
                    cause: error)
            }
            if let pair = value?.text.flatMap({ KeyRecord($0)?.key }), pair.id == key { return pair.secret }
        }
        throw ErrorReport(.badInput, "the secret \(ForeignText.clean(id, limit: 200)) does not keep the key \(key)")
    }
}
