package import FoundationEssentials

/// AWS credentials: a session's, or a long-term key's where there is no token.
package struct SessionCredentials: Sendable {
    package let accessKeyID: Secret
    package let secretAccessKey: Secret
    /// Absent for a long-term key.
    package let sessionToken: Secret?
    /// When STS stops accepting them; absent for a long-term key.
    package let expiration: Date?

    package init(accessKeyID: Secret, secretAccessKey: Secret, sessionToken: Secret?, expiration: Date?) {
        (self.accessKeyID, self.secretAccessKey) = (accessKeyID, secretAccessKey)
        (self.sessionToken, self.expiration) = (sessionToken, expiration)
    }
}
