package import FoundationEssentials

/// A version of a secret without its value.
///
/// Source: Secrets Manager API reference, `ListSecretVersionIds`.
package struct SecretVersion: Sendable, Equatable {
    package let id: String
    /// The staging labels on it, such as `AWSCURRENT`. A version without one is deprecated: the service may delete it.
    package let stages: Set<String>
    /// `nil` where the service does not say.
    package let created: Date?
}
