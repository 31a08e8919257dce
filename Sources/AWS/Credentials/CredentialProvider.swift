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
