package import Domain

/// One place where an administrator's credentials may be.
protocol CredentialProvider: Sendable {
    /// The place, as people call it: `environment variables`, `credential_process of profile admin`.
    var name: String { get }

    /// Looks there.
    ///
    /// - Throws: ``CredentialError`` where the place is configured and gives none: nobody goes on to another place in
    ///   silence then.
    func credentials() async throws(CredentialError) -> ProviderResult
}

/// What came of looking.
enum ProviderResult: Sendable {
    case found(FoundCredentials)
    /// Nothing is configured there. The reason completes "passed over: …".
    case passedOver(reason: String)
}

extension CredentialProvider {
    /// An error of this place.
    func failed(_ failure: CredentialFailure) -> CredentialError { .failed(source: name, failure) }
}

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
