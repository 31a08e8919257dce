import AWS
import AzureDevOps
import Domain
import LinuxSystem

/// A service connection that was moved to OIDC, and gets its access key back.
struct UndoWork: PlannedWork {
    let request: MigrationRequest
    /// The role that is assumed with the key; `nil` for the one before.
    let role: RoleARN?
    let secret: MigrationRequest.KeySecretPlace?
    let editor: ServiceConnectionEditor
    let administrator: Administrator
    let region: Region?
    let console: Console

    let noun = "service connection"
    let slots = Slots(1)

    /// The connection, and the key that is put back.
    struct Part: PlannedPart {
        enum Result: Sendable {
            case planned
            case done
            case failed(ErrorReport)
        }

        /// What a person agrees to.
        struct Plan: Equatable {
            let connection: ServiceConnection
            let key: AccessKey?
        }

        /// The key with its secret, and whose it is.
        struct Key: Sendable {
            let key: AccessKey
            let pair: AccessKeyPair
            let user: String
        }

        let connection: ServiceConnection
        /// `nil` if the connection has its key already.
        var key: Key?
        var result = Result.planned

        var plan: Plan { Plan(connection: connection, key: key?.key) }
        var error: ErrorReport? { if case .failed(let report) = result { report } else { nil } }

        var status: PartStatus {
            switch result {
            case .failed: .failed
            case .done: .changed
            case .planned: key == nil ? .unchanged : .toChange
            }
        }
    }

    func look(
        then next: @escaping @Sendable (Part) async -> Part
    ) async throws -> (parts: [Part], failure: (any Error)?) {
        (parts: [await next(try await look())], failure: nil)
    }

    func lookAgain(at part: Part) async -> Part {
        do {
            return try await look()
        } catch {
            var part = part
            part.result = .failed(ErrorReport(error))
            return part
        }
    }

    private func look() async throws -> Part {
        let connection = try await editor.search.changeableConnection(request.place.name)
        // One whose last update failed says what was put, and cannot be used.
        guard connection.usesOIDC || connection.status == .failed else {
            let key = connection.accessKeyID ?? "(none)"
            console.note("\(request.title) uses its access key \(key): nothing to do")
            return Part(connection: connection)
        }
        let (key, user) = try await key(of: connection)
        let pair = AccessKeyPair(id: key.id, secret: try await secret(of: key.id))
        return Part(connection: connection, key: .init(key: key, pair: pair, user: user))
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
        let facts = try await AccessKeyFacts.of(id, administrator)
        guard let key = facts.key, let user = facts.userName else {
            throw ErrorReport(
                .badInput, "the access key \(id) that it had is deleted, so there is no way back to it",
                hints: ["put another key in by hand; 'keyless rotate' replaces it then"])
        }
        return (key, user)
    }

    /// The role that is assumed with the key: as named, else as it was.
    private func role(of connection: ServiceConnection) -> String? {
        role?.text ?? (connection.usesOIDC ? connection.earlierKey?.role : connection.roleARN)
    }

    // MARK: - Applying

    func apply(_ part: Part) async -> Part {
        guard let key = part.key else { return part }
        var part = part
        do {
            try await put(key, into: part.connection)
            part.result = .done
        } catch {
            part.result = .failed(ErrorReport(error))
        }
        return part
    }

    private func put(_ key: Part.Key, into connection: ServiceConnection) async throws {
        let wasInactive = key.key.status != .active
        let found: ServiceConnection
        do {
            if wasInactive { try await setStatus(.active, of: key) }
            try await waitUntilAccepted(key)
            found = try await editor.search.connection(connection.id.text)
            guard found.usesOIDC == connection.usesOIDC, found.keyID == connection.keyID,
                role(of: found) == role(of: connection)
            else { throw ChangedMeanwhile(what: "the service connection \(request.title)") }
        } catch {
            throw await takingBack(key, wasInactive, after: ErrorReport(error))
        }
        let update = found.forgettingKey.switchedToAccessKey(key.pair, role: role(of: found))
        let change = ConnectionSwitch(editor: editor, title: request.title) {
            !$0.usesOIDC && $0.accessKeyID == key.pair.id
        }
        var isRefused = false
        do {
            try await change.run(update) { isRefused = true }
        } catch {
            let report = ErrorReport(error)
            if isRefused { throw await takingBack(key, wasInactive, after: report) }
            throw wasInactive ? report.adding("the access key \(key.pair.id) is active now") : report
        }
    }

    private func waitUntilAccepted(_ key: Part.Key) async throws {
        let propagation = request.propagation
        defer { console.endProgress() }
        do {
            try await propagation.wait(for: key.pair, of: key.user, administrator, editor.search.network.time) {
                count in
                console.progress(count, of: propagation.times, "AWS accepts \(key.pair.id)")
            }
        } catch {
            let report = ErrorReport(error)
            throw ErrorReport(
                report.code, report.message,
                hints: ["is the secret that was given the one of \(key.pair.id)?"] + report.hints, facts: report.facts)
        }
    }

    /// Leaves the key as it was before: an active key that nothing uses is what was to be got rid of.
    ///
    /// - Returns: the error, with what has become of the key.
    private func takingBack(_ key: Part.Key, _ wasInactive: Bool, after report: ErrorReport) async -> ErrorReport {
        guard wasInactive else { return report }
        do {
            try await setStatus(.inactive, of: key)
            return report.adding("the access key \(key.pair.id) is inactive, as it was")
        } catch {
            return report.adding(
                "the access key \(key.pair.id) may be active now, and could not be deactivated: "
                    + ErrorReport(error).message)
        }
    }

    private func setStatus(_ status: AccessKey.Status, of key: Part.Key) async throws {
        try await administrator.iam().setStatus(status, ofAccessKey: key.pair.id, user: key.user)
    }

    /// The key's secret, which no service but Secrets Manager tells.
    private func secret(of key: String) async throws -> Secret {
        switch secret {
        case .file(let path)?:
            let secret = try FileSystem.read(
                path, named: "secret access key", limit: MigrationRequest.largestSecretFile
            ).trimmed()
            guard !secret.isEmpty, !secret.contains(where: { $0 <= 0x20 }) else {
                throw ErrorReport(.badInput, "\(path) holds no secret access key")
            }
            return secret
        case .secretsManager(let id)?: return try await secret(of: key, keptIn: id)
        case nil:
            throw ErrorReport(
                .usage, "the secret of \(key) is not in the service connection any more",
                hints: ["say where it is kept: --secret-id in Secrets Manager, or --secret-access-key-file"])
        }
    }

    private func secret(of key: String, keptIn id: String) async throws -> Secret {
        let region = try AWSEndpoint.region(of: id, else: region)
        let client = try await administrator.secretsManager(in: region)
        let shown = ForeignText.clean(id, limit: 200)
        for stage in ["AWSCURRENT", "AWSPREVIOUS"] {
            let value: SecretValue?
            do throws(AWSError) {
                value = try await client.value(of: id, stage: stage)
            } catch {
                guard error.isMissing else { throw error }
                throw ErrorReport(
                    .badInput, "there is no secret \(shown) in Secrets Manager",
                    hints: ["it is looked for in account \(administrator.home.id), region \(region.name)"])
            }
            if let pair = value?.text.flatMap({ KeyRecord($0)?.key }), pair.id == key { return pair.secret }
        }
        throw ErrorReport(.badInput, "the secret \(shown) does not keep the key \(key)")
    }

    // MARK: - Telling

    private func steps(_ part: Part) -> [PlannedStep] {
        guard let key = part.key else { return [] }
        let (id, role) = (key.pair.id, role(of: part.connection).map { ", with which it assumes \($0)" } ?? "")
        let activation = PlannedStep(action: "activate", summary: "activate the access key \(id) of \(key.user) again")
        return (key.key.status == .active ? [] : [activation]) + [
            PlannedStep(
                action: "verify",
                summary: "wait until AWS accepts \(id) \(request.propagation.times) times in a row"),
            PlannedStep(
                action: "switch",
                summary: "switch the service connection to the access key \(id)\(role); it stays the same one"),
            PlannedStep(action: "await-ready", summary: "wait until the service connection is ready"),
        ]
    }

    func text(of parts: [Part], isResult: Bool) -> String? {
        guard !isResult, let part = parts.first, part.key != nil else { return nil }
        let lines = [request.title, ""] + steps(part).enumerated().map { "  \($0.offset + 1)  \($0.element.summary)" }
        return lines.map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }

    func json(of parts: [Part]) -> String {
        parts.map { part in
            JSONReport.text(
                .migrate, part.json(steps(part), ["serviceConnection": ConnectionListing.json(part.connection, nil)]),
                order: ["serviceConnection", "status", "error", "steps"] + ConnectionListing.order)
        }.joined()
    }

    func conclude(_ parts: [Part]) {
        for part in parts where part.error == nil {
            let key = part.key?.pair.id ?? ""
            console.note("\(request.title): the access key \(key) is in the service connection again")
        }
    }
}
