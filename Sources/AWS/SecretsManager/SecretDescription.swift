package import FoundationEssentials

/// A secret of Secrets Manager without its values.
///
/// Source: Secrets Manager API reference, `DescribeSecret`.
package struct SecretDescription: Sendable, Equatable {
    package let arn: String
    package let name: String
    /// When it was marked for deletion; `nil` where it was not. A secret so marked can be neither read nor written.
    package let deletion: Date?
    /// When anything about it was last changed; `nil` where the service does not say.
    package let lastChanged: Date?
}
