/// Who a set of credentials is.
package struct CallerIdentity: Sendable, Equatable {
    /// 12 digits.
    package let account: String
    /// Of a user, of the root user, or of a role session (`assumed-role/…`).
    package let arn: String
    /// A role session's is `AROA…:session name`.
    package let userID: String

    /// Reads the answer to `GetCallerIdentity`.
    ///
    /// - Throws: ``AWSError/malformedAnswer(operation:reason:)`` where a part is missing.
    init(_ answer: XMLElement) throws(AWSError) {
        func part(_ name: String) throws(AWSError) -> String {
            guard let text = answer.string(at: "GetCallerIdentityResult/\(name)"), !text.isEmpty else {
                throw .malformedAnswer(operation: "GetCallerIdentity", reason: "it has no \(name)")
            }
            return text
        }
        (account, arn, userID) = (try part("Account"), try part("Arn"), try part("UserId"))
    }
}
