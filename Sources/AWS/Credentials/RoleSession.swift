import Domain

/// A session of a role that a profile or the environment names, to be asked of STS.
struct RoleSession {
    let role: RoleARN
    let name: SessionName
    let provider: any CredentialProvider
    let context: ProviderContext

    /// - Parameter name: what the session is to be called; `keyless` where nobody says.
    init(
        role: String, name: String?, for provider: some CredentialProvider, _ context: ProviderContext
    ) throws(CredentialError) {
        do throws(ARNError) {
            self.role = try RoleARN(role)
        } catch {
            throw provider.failed(.misconfigured(reason: "\(role) is not the ARN of a role"))
        }
        do throws(SessionName.ValidationError) {
            self.name =
                try name.map { (name) throws(SessionName.ValidationError) in
                    try SessionName(validating: name)
                } ?? SessionName.legalised("keyless")
        } catch {
            throw provider.failed(.misconfigured(reason: "\(name ?? "") is not a name for a session"))
        }
        (self.provider, self.context) = (provider, context)
    }

    /// Asks STS.
    func request(
        _ call: @Sendable (STSClient) async throws(AWSError) -> AssumedRole
    ) async throws(CredentialError) -> FoundCredentials {
        let endpoint: Endpoint
        do throws(ProviderContext.LocalFailure) {
            endpoint = try context.stsEndpoint(role)
        } catch {
            throw provider.failed(.misconfigured(reason: error.reason))
        }
        let sts = STSClient(http: context.http, endpoint: endpoint, time: context.time, retrier: context.retrier)
        let session: AssumedRole
        do throws(AWSError) {
            session = try await call(sts)
        } catch {
            throw provider.failed(.sts(role, error))
        }
        return try FoundCredentials(session.credentials, from: provider)
    }
}
