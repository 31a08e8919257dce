import Domain
import Foundation

/// AWS Secrets Manager, version 2017-10-17: secrets are read, get new versions, and their staging labels are moved.
struct SecretsManagerService: Sendable {
    let state: AWSState

    /// - Returns: the answer's body.
    /// - Throws: the refusal.
    func perform(_ call: inout JSONCall) throws(ServiceError) -> any Encodable {
        switch call.operation {
        case "DescribeSecret": try describe(&call)
        case "ListSecretVersionIds": try listVersions(&call)
        case "GetSecretValue": try getValue(&call)
        case "PutSecretValue": try putValue(&call)
        default: try updateStage(&call)
        }
    }

    /// Answers for a secret that is marked for deletion as well.
    private func describe(_ call: inout JSONCall) throws(ServiceError) -> SecretDescription {
        let id = try call.parameters.required("SecretId", .secretID)
        return try change(id, call, evenIfDeleted: true) { secret, arn in SecretDescription(secret, arn: arn) }
    }

    /// Answers for a secret that is marked for deletion as well. The token is the number of the first version of the
    /// next page.
    private func listVersions(_ call: inout JSONCall) throws(ServiceError) -> SecretVersionPage {
        let id = try call.parameters.required("SecretId", .secretID)
        let size = try call.parameters.integer("MaxResults", 1...100) ?? 100
        let token = try call.parameters.optional("NextToken", .nextToken)
        let isWhole = try call.parameters.boolean("IncludeDeprecated")
        let limit = min(size, state.world.read(\.pageSize))
        return try change(id, call, evenIfDeleted: true) { secret, arn throws(ServiceError) in
            let versions = secret.versions.filter { isWhole || !$0.stages.isEmpty }
            var first = 0
            if let token {
                let bytes = Base64URL.decode(Substring(token)) ?? []
                guard let number = Int(String(decoding: bytes, as: UTF8.self)), versions.indices.contains(number) else {
                    throw ServiceError(
                        code: "InvalidNextTokenException", message: "You provided an invalid NextToken value.")
                }
                first = number
            }
            let end = min(first + limit, versions.count)
            let next = end < versions.count ? Base64URL.encode(Array(String(end).utf8)) : nil
            return SecretVersionPage(
                ARN: arn, Name: secret.name, Versions: versions[first..<end].map(SecretVersionPage.Entry.init),
                NextToken: next)
        }
    }

    private func getValue(_ call: inout JSONCall) throws(ServiceError) -> SecretValue {
        let id = try call.parameters.required("SecretId", .secretID)
        let versionID = try call.parameters.optional("VersionId", .secretVersionID)
        let stage = try call.parameters.optional("VersionStage", .secretStage)
        let now = state.time.now()
        return try change(id, call) { secret, arn throws(ServiceError) in
            let version = try Self.version(versionID, stage, of: secret)
            if case .text(let text) = version.value { state.secrets.remember(text) }
            // Only the day is kept.
            let day = Date(timeIntervalSince1970: (now.timeIntervalSince1970 / 86400).rounded(.down) * 86400)
            secret.accessed = day
            secret.change(version.id) { $0.accessed = day }
            return SecretValue(version, of: secret, arn: arn)
        }
    }

    private static func version(
        _ id: String?, _ stage: String?, of secret: AWSWorld.StoredSecret
    ) throws(ServiceError) -> AWSWorld.SecretVersion {
        guard let id else {
            let stage = stage ?? AWSWorld.StoredSecret.current
            guard let version = secret[stage: stage] else {
                throw .secretNotFound("the specified secret value for staging label: \(stage)")
            }
            return version
        }
        let version = try secret.existingVersion(id)
        if let stage, !version.stages.contains(stage) { throw .stageMismatch }
        return version
    }

    /// Reads or changes the secret a call names, where the caller may.
    ///
    /// - Parameter body: is given the secret and its ARN.
    func change<Result: Sendable>(
        _ id: String, _ call: JSONCall, evenIfDeleted: Bool = false,
        _ body: (inout AWSWorld.StoredSecret, String) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        try call.authorize(id)
        return try state.world.change { world throws(ServiceError) in
            guard var secret = SecretReference(id).find(in: world, call) else {
                throw .secretNotFound("the specified secret.")
            }
            guard secret.deletion == nil || evenIfDeleted else {
                throw .invalidRequest(
                    "You can't perform this operation on the secret because it was marked for deletion.")
            }
            let result = try body(&secret, world.arn(of: secret))
            world[secret: secret.name, in: secret.account, region: secret.region] = secret
            return result
        }
    }
}

extension AWSWorld.StoredSecret {
    /// - Throws: where there is no version of that id.
    func existingVersion(_ id: String) throws(ServiceError) -> AWSWorld.SecretVersion {
        guard let version = self[version: id] else {
            throw .secretNotFound("the specified secret value for VersionId: \(id)")
        }
        return version
    }
}

extension ServiceError {
    static func secretNotFound(_ what: String) -> ServiceError {
        ServiceError(code: "ResourceNotFoundException", message: "Secrets Manager can't find \(what)")
    }

    static func invalidRequest(_ message: String) -> ServiceError {
        ServiceError(code: "InvalidRequestException", message: message)
    }

    static func invalidParameter(_ message: String) -> ServiceError {
        ServiceError(code: "InvalidParameterException", message: message)
    }

    static let stageMismatch = invalidRequest(
        "You provided a VersionStage that is not associated to the provided VersionId.")
}
