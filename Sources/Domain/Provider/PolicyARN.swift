/// The ARN of a managed policy: `arn:aws:iam::aws:policy/ReadOnlyAccess`, or one of an account's own.
package struct PolicyARN: Sendable, Hashable, CustomStringConvertible {
    /// The whole ARN, as it was given.
    package let text: String

    /// - Throws: ``ARNError`` where it is not a managed policy's ARN.
    package init(_ text: String) throws(ARNError) {
        _ = try IAMResourceARN(text, kind: "policy", maximumNameLength: 128)
        self.text = text
    }

    /// The whole ARN.
    package var description: String { text }
}
