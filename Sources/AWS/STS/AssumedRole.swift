package import Domain
import FoundationEssentials

/// What STS gives for assuming a role.
package struct AssumedRole: Sendable {
    /// With a session token and an expiration, always.
    package let credentials: SessionCredentials
    /// The session's ARN: `arn:aws:sts::123456789012:assumed-role/name/session`.
    package let assumedRoleARN: String
    /// The token's `sub`, for a web identity.
    package let subject: String?
    /// The token's `aud`, for a web identity.
    package let audience: String?
    /// The ARN of the provider that vouched, for a web identity.
    package let provider: String?
    /// How much of the space for session policies is used, in percent.
    package let packedPolicySize: Int?

    /// The account the session is in.
    package var account: String? {
        let parts = assumedRoleARN.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 4 ? String(parts[4]) : nil
    }

    /// Reads the answer to one of the two operations.
    ///
    /// - Throws: ``AWSError/malformedAnswer(operation:reason:)`` where anything needed is missing.
    init(_ answer: XMLElement, operation: String) throws(AWSError) {
        func missing(_ name: String) -> AWSError { .malformedAnswer(operation: operation, reason: "it has no \(name)") }
        guard let result = answer.first("\(operation)Result") else { throw missing("\(operation)Result") }

        func credential(_ name: String) throws(AWSError) -> Secret {
            guard let value = result.secret(at: "Credentials/\(name)"), !value.isEmpty else { throw missing(name) }
            // They become lines of files and scripts, and a line end in one would begin another.
            guard !value.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw .malformedAnswer(operation: operation, reason: "its \(name) has a control character")
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
        subject = result.string(at: "SubjectFromWebIdentityToken")
        audience = result.string(at: "Audience")
        provider = result.string(at: "Provider")
        packedPolicySize = result.string(at: "PackedPolicySize").flatMap { Int($0) }
    }
}
