import Domain

/// The places where credentials may be, in the AWS CLI's order.
///
/// Source: botocore's `create_credential_resolver`; AWS SDKs and Tools Reference Guide, "Standardized credential
/// providers".
package struct CredentialChain: Sendable {
    private let providers: [any CredentialProvider]

    /// - Parameters:
    ///   - profile: the profile to look at.
    ///   - isExplicit: whether it was named by flag; the environment's keys and token do not count then.
    package init(profile: String, isExplicit: Bool, _ context: ProviderContext) {
        let environment: [any CredentialProvider] = isExplicit ? [] : [EnvironmentProvider(context: context)]
        providers =
            environment + [RoleProvider(profile: profile, context)]
            + Self.profileProviders(profile, usesEnvironment: !isExplicit, context)
            + [ContainerProvider(context: context), InstanceMetadataProvider(profile: profile, context: context)]
    }

    /// What a profile may have besides a role.
    static func profileProviders(
        _ profile: String, usesEnvironment: Bool, _ context: ProviderContext
    ) -> [any CredentialProvider] {
        [
            WebIdentityProvider(profile: profile, usesEnvironment: usesEnvironment, context: context),
            SSOProvider(profile: profile, context: context),
            ProfileKeysProvider(profile: profile, file: .credentials, context: context),
            LoginProvider(profile: profile, context: context),
            ProcessProvider(profile: profile, context: context),
            ProfileKeysProvider(profile: profile, file: .config, context: context),
        ]
    }

    /// The first credentials there are.
    ///
    /// - Throws: ``CredentialError`` of the first place that is configured and gives none, or what was tried.
    package func credentials() async throws(CredentialError) -> FoundCredentials {
        var passedOver: [CredentialError.PassedOver] = []
        for provider in providers {
            switch try await provider.credentials() {
            case .found(let credentials): return credentials
            case .passedOver(let reason): passedOver.append(.init(source: provider.name, reason: reason))
            }
        }
        throw .nothingFound(passedOver)
    }
}
