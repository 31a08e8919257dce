import Domain

/// A profile's `role_arn`, assumed with the credentials of its `source_profile` or `credential_source`.
struct RoleProvider: CredentialProvider {
    let profile: String
    /// The profiles on the way here, this one included.
    let visited: [String]
    let context: ProviderContext

    init(profile: String, after visited: [String] = [], _ context: ProviderContext) {
        (self.profile, self.visited, self.context) = (profile, visited + [profile], context)
    }

    var name: String { "role_arn of profile \(profile)" }

    func credentials() async throws(CredentialError) -> ProviderResult {
        guard let profile = context.profiles[profile] else { return .passedOver(reason: "there is no such profile") }
        guard let role = profile.assumedRole else { return .passedOver(reason: "there is none to assume") }
        if let serial = profile.text("mfa_serial") { throw failed(.mfaRequired(serial: serial)) }
        let session = try RoleSession(role: role, name: profile.text("role_session_name"), for: self, context)
        let request = AssumeRoleRequest(
            roleARN: session.role, sessionName: session.name, duration: try duration(profile),
            externalID: profile.text("external_id"))
        let source = try await sourceCredentials(of: profile)
        return .found(
            try await session.request { (sts) throws(AWSError) in
                try await sts.assumeRole(request, credentials: source.credentials)
            })
    }

    private func duration(_ profile: Profile) throws(CredentialError) -> SessionDuration? {
        guard let text = profile.text("duration_seconds") else { return nil }
        guard let seconds = Int(text), let duration = try? SessionDuration(seconds: seconds) else {
            throw failed(.misconfigured(reason: "duration_seconds is not a number from 900 to 43200"))
        }
        return duration
    }

    private func sourceCredentials(of profile: Profile) async throws(CredentialError) -> FoundCredentials {
        switch (profile.text("source_profile"), profile.text("credential_source")) {
        case (let source?, nil):
            return try await credentials(ofProfile: source)
        case (nil, let source?):
            guard let provider = named(source) else {
                throw failed(
                    .misconfigured(
                        reason: "credential_source is \(source), which is none of "
                            + "Environment, EcsContainer and Ec2InstanceMetadata"))
            }
            return try await first(of: [provider], in: "credential_source \(source)")
        case (_?, _?):
            throw failed(.misconfigured(reason: "there are both source_profile and credential_source"))
        case (nil, nil):
            throw failed(.incomplete(missing: "source_profile or credential_source"))
        }
    }

    private func named(_ source: String) -> (any CredentialProvider)? {
        switch source {
        case "Environment": EnvironmentProvider(context: context)
        case "EcsContainer": ContainerProvider(context: context)
        case "Ec2InstanceMetadata": InstanceMetadataProvider(profile: profile, context: context)
        default: nil
        }
    }

    private func credentials(ofProfile source: String) async throws(CredentialError) -> FoundCredentials {
        guard let profile = context.profiles[source] else {
            throw failed(.misconfigured(reason: "its source_profile \(source) does not exist"))
        }
        // A profile may name itself, to have the role and the keys that assume it in one place.
        if visited.contains(source), source != self.profile || !profile.hasKeys {
            let loop = (visited + [source]).joined(separator: " -> ")
            throw failed(.misconfigured(reason: "its source_profile leads back to it: \(loop)"))
        }
        let providers: [any CredentialProvider] =
            profile.hasKeys || profile.assumedRole == nil
            ? CredentialChain.profileProviders(source, usesEnvironment: false, context)
            : [RoleProvider(profile: source, after: visited, context)]
        return try await first(of: providers, in: "source_profile \(source)")
    }

    /// Passing over is no answer here: the source was named.
    private func first(
        of providers: [any CredentialProvider], in source: String
    ) async throws(CredentialError) -> FoundCredentials {
        var reasons: [String] = []
        for provider in providers {
            switch try await provider.credentials() {
            case .found(let credentials): return credentials
            case .passedOver(let reason): reasons.append("\(provider.name): \(reason)")
            }
        }
        throw failed(
            .misconfigured(reason: "its \(source) has no credentials (\(reasons.joined(separator: "; ")))"))
    }
}

extension Profile {
    /// The role to assume with other credentials; a role that goes with a web identity token is none.
    fileprivate var assumedRole: String? { self["web_identity_token_file"] == nil ? text("role_arn") : nil }

    fileprivate var hasKeys: Bool { self["aws_access_key_id"] != nil || self["aws_secret_access_key"] != nil }
}
