package import Domain

/// Credentials, and where they are from.
package struct FoundCredentials: Sendable {
    package let credentials: SessionCredentials
    /// For people: `environment variables`, `role_arn of profile admin`.
    package let source: String

    /// - Throws: ``CredentialFailure/malformed(reason:)`` where a part is empty or has a control character: they become
    ///   header fields and lines of files, and a line end in one would begin another.
    init(_ credentials: SessionCredentials, from provider: some CredentialProvider) throws(CredentialError) {
        let parts = [
            ("access key id", credentials.accessKeyID), ("secret access key", credentials.secretAccessKey),
            ("session token", credentials.sessionToken),
        ]
        for case (let part, let value?) in parts {
            guard !value.isEmpty else { throw provider.failed(.malformed(reason: "the \(part) is empty")) }
            guard !value.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw provider.failed(.malformed(reason: "the \(part) has a control character"))
            }
        }
        (self.credentials, source) = (credentials, provider.name)
    }
}
