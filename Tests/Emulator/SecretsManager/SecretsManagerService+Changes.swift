import Domain
import Foundation

extension SecretsManagerService {
    /// Adds a version, unless the token says that it is there already.
    func putValue(_ call: inout JSONCall) throws(ServiceError) -> SecretChange {
        let id = try call.parameters.required("SecretId", .secretID)
        let token = try call.parameters.optional("ClientRequestToken", .anything)
        let text = try call.parameters.optional("SecretString", .secretString)
        let base64 = try call.parameters.optional("SecretBinary", .anything)
        let stages = try call.parameters.list("VersionStages", 1...20, of: .secretStage)
        try call.parameters.throwViolations()
        let value = try Self.value(text, base64)
        guard let token else {
            throw .invalidRequest("You must provide a ClientRequestToken value. We recommend a UUID-type value.")
        }
        guard 32...64 ~= token.count else {
            throw .invalidParameter("ClientRequestToken must be 32-64 characters long.")
        }
        if case .text(let text) = value { state.secrets.remember(text) }
        let now = state.time.now()
        return try change(id, call) { secret, arn throws(ServiceError) in
            if let version = secret[version: token] {
                guard version.value == value else {
                    throw ServiceError(
                        code: "ResourceExistsException",
                        message: "You can't use ClientRequestToken \(token) because that value is already in use for "
                            + "a version of secret \(arn).")
                }
            } else {
                Self.add(value, token, stages, to: &secret, at: now)
            }
            return SecretChange(
                ARN: arn, Name: secret.name, VersionId: token, VersionStages: secret[version: token]?.stages)
        }
    }

    /// - Throws: where there is not exactly one of both, or it is too long.
    private static func value(_ text: String?, _ base64: String?) throws(ServiceError) -> AWSWorld.SecretVersion.Value {
        guard text == nil || base64 == nil else {
            throw .invalidParameter("You can't specify both SecretString and SecretBinary.")
        }
        let bytes = base64.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
        guard let size = text?.utf8.count ?? bytes?.count, size > 0 else {
            // Of an empty one too.
            throw .invalidRequest("You must provide either SecretString or SecretBinary.")
        }
        guard size <= 65_536 else {
            let member = text == nil ? "secretBinary" : "secretString"
            throw ServiceError(
                code: "ValidationException",
                message: "1 validation error detected: Value at '\(member)' failed to satisfy constraint: Member must "
                    + "have length less than or equal to 65536")
        }
        return text.map { .text($0) } ?? .bytes(bytes ?? [])
    }

    /// Adds a version. Without labels it becomes the current one, and so does the first of all, whatever its labels.
    private static func add(
        _ value: AWSWorld.SecretVersion.Value, _ id: String, _ stages: [String]?,
        to secret: inout AWSWorld.StoredSecret, at now: Date
    ) {
        let current = AWSWorld.StoredSecret.current
        var labels = stages ?? [current]
        if secret.versions.isEmpty, !labels.contains(current) { labels.append(current) }
        var version = AWSWorld.SecretVersion(id: id, value, stages: [])
        version.created = now
        secret.versions.append(version)
        for label in labels { secret.move(label, to: id) }
        secret.changed = now
    }

    /// Moves a staging label, or takes it away.
    func updateStage(_ call: inout JSONCall) throws(ServiceError) -> SecretChange {
        let id = try call.parameters.required("SecretId", .secretID)
        let stage = try call.parameters.required("VersionStage", .secretStage)
        let source = try call.parameters.optional("RemoveFromVersionId", .secretVersionID)
        let target = try call.parameters.optional("MoveToVersionId", .secretVersionID)
        let now = state.time.now()
        return try change(id, call) { secret, arn throws(ServiceError) in
            for version in [target, source].compactMap({ $0 }) { _ = try secret.existingVersion(version) }
            try Self.check(stage, of: secret, leaves: source, for: target)
            if let target { secret.move(stage, to: target) } else { secret.remove(stage) }
            secret.changed = now
            return SecretChange(ARN: arn, Name: secret.name)
        }
    }

    /// - Throws: where the label is on a version that the caller has not named, or would go for good and must not.
    private static func check(
        _ stage: String, of secret: AWSWorld.StoredSecret, leaves source: String?, for target: String?
    ) throws(ServiceError) {
        guard source != nil || target != nil else {
            throw .invalidParameter("You must provide a value for either MoveToVersionId or RemoveFromVersionId.")
        }
        let holder = secret[stage: stage]?.id
        if let source {
            guard source == holder else { throw .stageMismatch }
        } else if let holder, holder != target {
            throw .invalidParameter(
                "The parameter RemoveFromVersionId can't be empty. Staging label \(stage) is currently attached to "
                    + "version \(holder), so you must explicitly reference that version in RemoveFromVersionId.")
        }
        if target == nil, stage == AWSWorld.StoredSecret.current {
            throw .invalidParameter(
                "You can only move staging label AWSCURRENT to a different secret version. It can’t be completely "
                    + "removed.")
        }
    }
}
