package import Domain

/// The value of one version of a secret.
package struct SecretValue: Sendable {
    /// Which version it is.
    package let versionID: String
    /// The staging labels on that version.
    package let stages: Set<String>
    /// As it was stored; `nil` where it is binary.
    package let text: Secret?
}
