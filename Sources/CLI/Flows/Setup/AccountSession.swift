import Domain

/// An account, and credentials to work in it.
struct AccountSession: Sendable {
    /// 12 digits.
    let id: String
    /// `aws`, `aws-cn`, …
    let partition: String
    /// Whose the credentials are: an ARN.
    let caller: String
    let credentials: SessionCredentials
}
