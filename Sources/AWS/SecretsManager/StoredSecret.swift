package import Domain
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

/// The value of one version of a secret.
package struct SecretValue: Sendable {
    /// Which version it is.
    package let versionID: String
    /// The staging labels on that version.
    package let stages: Set<String>
    /// As it was stored; `nil` where it is binary.
    package let text: Secret?
}
