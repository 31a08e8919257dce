package import Domain
import FoundationEssentials

/// Calls AWS Secrets Manager (API version 2017-10-17, JSON 1.1) as one principal. A secret is named by its name or ARN.
/// What can pass is tried again within the session's deadline.
///
/// All methods throw ``AWSError``; `ResourceNotFoundException` for a secret that is not there.
package struct SecretsManagerClient: Sendable {
    private static let target = "secretsmanager"

    private let service: SignedService

    /// - Parameters:
    ///   - session: whose secrets they are.
    ///   - endpoint: from ``EndpointRules``.
    package init(_ session: AWSSession, endpoint: Endpoint) {
        service = SignedService(.secretsManager, at: endpoint, as: session)
    }

    /// What is known of a secret besides its values.
    package func description(of secret: String) async throws(AWSError) -> SecretDescription {
        // The members' names are the service's.
        // swift-format-ignore: AlwaysUseLowerCamelCase
        struct Answer: Decodable {
            let ARN: String
            let Name: String
            let DeletedDate: Double?
            let LastChangedDate: Double?
        }
        let answer = try await call("DescribeSecret", secret, [:], as: Answer.self)
        return SecretDescription(
            arn: answer.ARN, name: answer.Name, deletion: answer.DeletedDate.map(Self.date),
            lastChanged: answer.LastChangedDate.map(Self.date))
    }

    /// All versions of a secret, deprecated ones included.
    package func versions(of secret: String) async throws(AWSError) -> [SecretVersion] {
        // The members' names are the service's.
        // swift-format-ignore: AlwaysUseLowerCamelCase
        struct Answer: Decodable {
            struct Version: Decodable {
                let VersionId: String
                let VersionStages: [String]?
                let CreatedDate: Double?
            }
            let Versions: [Version]
            let NextToken: String?
        }
        var versions: [SecretVersion] = []
        var token: String?
        repeat {
            var parameters: [String: JSONValue] = [
                "IncludeDeprecated": .boolean(true), "MaxResults": .integer(100),
            ]
            parameters["NextToken"] = token.map { .text($0) }
            let page = try await call("ListSecretVersionIds", secret, parameters, as: Answer.self)
            versions += page.Versions.map {
                SecretVersion(
                    id: $0.VersionId, stages: Set($0.VersionStages ?? []), created: $0.CreatedDate.map(Self.date))
            }
            let next = page.NextToken.flatMap { $0.isEmpty ? nil : $0 }
            // A service that never ends its list would keep us for ever.
            guard next == nil || next != token else { break }
            token = next
        } while token != nil
        return versions
    }

    /// The value of a version, of the version with a staging label, or of a version if it has that label; without
    /// either, of the current one.
    ///
    /// - Returns: `nil` where the secret is there and such a version is not.
    package func value(
        of secret: String, version: String? = nil, stage: String? = nil
    ) async throws(AWSError) -> SecretValue? {
        // The members' names are the service's.
        // swift-format-ignore: AlwaysUseLowerCamelCase
        struct Answer: Decodable {
            let VersionId: String
            let VersionStages: [String]?
            let SecretString: Secret?
        }
        var parameters: [String: JSONValue] = [:]
        parameters["VersionId"] = version.map { .text($0) }
        parameters["VersionStage"] = stage.map { .text($0) }
        let answer: Answer
        do throws(AWSError) {
            answer = try await call("GetSecretValue", secret, parameters, as: Answer.self)
        } catch .service(let fault) where Self.isVersionMissing(fault) {
            return nil
        } catch .service(let fault) where fault.code == "ResourceNotFoundException" {
            // In words nobody promised: what is missing is the version where the secret can be described.
            _ = try await description(of: secret)
            return nil
        }
        return SecretValue(
            versionID: answer.VersionId, stages: Set(answer.VersionStages ?? []), text: answer.SecretString)
    }

    /// Adds a version. The same once more does nothing; with another value it is `ResourceExistsException`.
    ///
    /// - Parameters:
    ///   - value: at most 65,536 bytes of UTF-8.
    ///   - version: its id, chosen by the caller: 32 to 64 characters.
    ///   - stages: the staging labels it shall have, taken from the versions that have them. With `AWSCURRENT` among
    ///     them, the service moves `AWSPREVIOUS` itself.
    package func put(
        _ value: Secret, in secret: String, version: String, stages: [String]
    ) async throws(AWSError) {
        try await service.call(
            "PutSecretValue", on: arn(of: secret), target: Self.target,
            [
                "SecretId": .value(.text(secret)), "ClientRequestToken": .value(.text(version)),
                "SecretString": .secret(value), "VersionStages": .value(.list(stages.map { .text($0) })),
            ], withholding: Self.parts(of: value))
    }

    /// Puts a staging label on another version. When `AWSCURRENT` moves, the service moves `AWSPREVIOUS` itself.
    ///
    /// A move is refused once the label is no longer where it was, so one whose answer was lost may come to
    /// `InvalidParameterException` or `InvalidRequestException` although it was made.
    ///
    /// - Parameters:
    ///   - version: the version to put it on; `nil` to take it off alone.
    ///   - previous: the version that has it; `nil` where none has.
    package func moveStage(
        _ stage: String, of secret: String, to version: String?, from previous: String?
    ) async throws(AWSError) {
        var parameters: [String: SecretJSON] = [
            "SecretId": .value(.text(secret)), "VersionStage": .value(.text(stage)),
        ]
        parameters["MoveToVersionId"] = version.map { .value(.text($0)) }
        parameters["RemoveFromVersionId"] = previous.map { .value(.text($0)) }
        try await service.call("UpdateSecretVersionStage", on: arn(of: secret), target: Self.target, parameters)
    }

    private func call<Answer: Decodable>(
        _ operation: String, _ secret: String, _ parameters: [String: JSONValue], as answer: Answer.Type
    ) async throws(AWSError) -> Answer {
        let parameters = parameters.merging(["SecretId": .text(secret)]) { $1 }.mapValues { SecretJSON.value($0) }
        return try await service.call(operation, on: arn(of: secret), target: Self.target, parameters, as: answer)
    }

    /// As a policy names the secret: the six characters behind its name are known to Secrets Manager alone.
    private func arn(of secret: String) -> String {
        if secret.hasPrefix("arn:") { return secret }
        return service.session.arn(.secretsManager, region: service.region, "secret:\(secret)-??????").text
    }

    /// Seconds since 1970, with a fraction, as JSON 1.1 has dates.
    private static func date(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    /// Whether it says that a version is what is missing. A missing secret has the same code.
    private static func isVersionMissing(_ fault: ServiceFault) -> Bool {
        let message = fault.message ?? ""
        switch fault.code {
        case "ResourceNotFoundException": return message.contains("specified secret value")
        case "InvalidRequestException": return message.contains("VersionStage that is not associated")
        default: return false
        }
    }

    /// The whole value, and where it is a JSON object, the texts in it that are long enough to be secrets.
    private static func parts(of value: Secret) -> [Secret] {
        let members = value.withExposedBytes { JSONValue.object($0) } ?? [:]
        return [value]
            + members.values.compactMap { member in
                if case .text(let text) = member, text.utf8.count >= 16 { Secret(text) } else { nil }
            }
    }
}
