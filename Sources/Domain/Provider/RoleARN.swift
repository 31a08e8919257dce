/// The ARN of an IAM role: `arn:aws:iam::123456789012:role/path/name`.
package struct RoleARN: Sendable, Hashable, CustomStringConvertible {
    /// The whole ARN, as it was given.
    package let text: String
    /// `aws`, `aws-cn`, ….
    package let partition: String
    /// The 12 digits of the account the role belongs to.
    package let account: String
    /// Without its path.
    package let name: String

    /// - Throws: ``ARNError`` where it is not a role's ARN. A session's ARN (`assumed-role/…`) is none.
    package init(_ text: String) throws(ARNError) {
        let arn = try IAMResourceARN(text, kind: "role", maximumNameLength: 64)
        (self.text, partition, account, name) = (text, arn.partition, arn.account, arn.name)
    }

    /// The whole ARN.
    package var description: String { text }
}
