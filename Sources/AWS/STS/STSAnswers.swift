package import Domain
import FoundationEssentials

/// What STS gives for assuming a role.
package struct AssumedRole: Sendable {
    /// With a session token and an expiration, always.
    package let credentials: SessionCredentials
    /// The session's ARN: `arn:aws:sts::123456789012:assumed-role/name/session`.
    package let assumedRoleARN: String

    /// The account the session is in; `nil` when the ARN does not tell.
    package var account: AccountID? {
        let parts = assumedRoleARN.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 4 ? AccountID(parts[4]) : nil
    }

    /// Reads the answer to one of the two operations.
    ///
    /// - Throws: ``AWSError/malformedAnswer(_:reason:)`` when anything needed is missing.
    init(_ answer: XMLElement, to call: ServiceCall) throws(AWSError) {
        func missing(_ name: String) -> AWSError { .malformedAnswer(call, reason: "it has no \(name)") }
        guard let result = answer.first("\(call.operation)Result") else { throw missing("\(call.operation)Result") }

        func credential(_ name: String) throws(AWSError) -> Secret {
            guard let value = result.secret(at: "Credentials/\(name)"), !value.isEmpty else { throw missing(name) }
            // They become lines of files and scripts, and a line end in one would begin another.
            guard !value.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw .malformedAnswer(call, reason: "its \(name) has a control character")
            }
            return value
        }
        guard let expiration = result.string(at: "Credentials/Expiration").flatMap({ Timestamp($0)?.date }) else {
            throw missing("Expiration")
        }
        credentials = SessionCredentials(
            accessKeyID: try credential("AccessKeyId"), secretAccessKey: try credential("SecretAccessKey"),
            sessionToken: try credential("SessionToken"), expiration: expiration)
        guard let arn = result.string(at: "AssumedRoleUser/Arn"), !arn.isEmpty else { throw missing("Arn") }
        assumedRoleARN = arn
    }
}

/// Who a set of credentials is.
package struct CallerIdentity: Sendable, Equatable {
    package let account: AccountID
    /// Of a user, of the root user, or of a role session (`assumed-role/…`).
    package let arn: String

    package init(account: AccountID, arn: String) { (self.account, self.arn) = (account, arn) }

    /// The partition of the ARN; `aws` when that is none that is known here.
    package var partition: Partition {
        arn.split(separator: ":").dropFirst().first.flatMap { Partition(rawValue: String($0)) } ?? .aws
    }

    /// Reads the answer to `GetCallerIdentity`.
    ///
    /// - Throws: ``AWSError/malformedAnswer(_:reason:)`` when a part is missing.
    init(_ answer: XMLElement, to call: ServiceCall) throws(AWSError) {
        func part(_ name: String) throws(AWSError) -> String {
            guard let text = answer.string(at: "GetCallerIdentityResult/\(name)"), !text.isEmpty else {
                throw .malformedAnswer(call, reason: "it has no \(name)")
            }
            return text
        }
        guard let account = AccountID(try part("Account")) else {
            throw .malformedAnswer(call, reason: "its Account is not 12 digits")
        }
        (self.account, arn) = (account, try part("Arn"))
    }
}
