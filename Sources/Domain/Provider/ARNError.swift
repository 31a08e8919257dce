/// Why a text is not the ARN that is wanted.
package enum ARNError: Error, Sendable, Equatable {
    /// It is not of the form `arn:partition:service:region:account:resource`.
    case notAnARN
    /// It is longer than 2048 characters.
    case tooLong
    /// No such partition exists.
    case unknownPartition(String)
    /// It names something of another service or kind; `found` is what it names, such as `sts` or `user`.
    case wrongKind(found: String)
    /// It names a region, which IAM's ARNs never do.
    case hasRegion(String)
    /// The account is not 12 digits.
    case malformedAccount(String)
    /// The path or the name has characters IAM does not allow, or is too long.
    case malformedName(String)
}
