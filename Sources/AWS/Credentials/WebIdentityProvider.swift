import Domain

/// A token file and a role: of the environment (`AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`), else of the profile.
struct WebIdentityProvider: CredentialProvider {
    let profile: String
    /// Whether the environment counts; it does not where a profile was named by flag or by another profile.
    let usesEnvironment: Bool
    let context: ProviderContext

    var name: String { "web identity token" + (usesEnvironment ? "" : " of profile \(profile)") }

    func credentials() async throws(CredentialError) -> ProviderResult {
        guard let path = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else {
            return .passedOver(
                reason: usesEnvironment
                    ? "AWS_WEB_IDENTITY_TOKEN_FILE is not set, and profile \(profile) has no web_identity_token_file"
                    : "it has no web_identity_token_file")
        }
        guard let role = setting("AWS_ROLE_ARN", "role_arn") else {
            throw failed(.incomplete(missing: usesEnvironment ? "AWS_ROLE_ARN" : "role_arn"))
        }
        let session = try RoleSession(
            role: role, name: setting("AWS_ROLE_SESSION_NAME", "role_session_name"), for: self, context)
        let request = WebIdentityRequest(
            roleARN: session.role, sessionName: session.name, token: try context.read(path, for: self))
        return .found(
            try await session.request { (sts) throws(AWSError) in
                try await sts.assumeRoleWithWebIdentity(request)
            })
    }

    private func setting(_ variable: String, _ key: String) -> String? {
        (usesEnvironment ? context.variable(variable) : nil) ?? context.profiles[profile]?.text(key)
    }
}
