import Domain
import LinuxSystem

/// What AWS SDKs take credentials from before they ask an endpoint.
struct CredentialPrecedence {
    /// Those that cannot be set to nothing: the AWS CLI and botocore take an empty one for a name.
    static let lasting = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]

    /// Those that lead nowhere without others: a later step may want them, for `keyless` too.
    private static let harmless = ["AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_CREDENTIAL_EXPIRATION"]

    /// What one of the two shared files says.
    struct Setting {
        let key: String
        let profile: String
        let path: String
    }

    private let context: Context

    init(_ context: Context) { self.context = context }

    /// The variables that are set. Where an environment cannot be made to lose them, they are set to nothing.
    var variables: [String] {
        ChildEnvironment.conflicting.filter { context.variable($0) != nil && !Self.harmless.contains($0) }
    }

    /// Those of them that do no good even when they are empty.
    var lastingVariables: [String] { variables.filter(Self.lasting.contains) }

    /// The first one of the config file: it holds whatever the environment says.
    var config: Setting? {
        setting(
            .config, ProfileLocations(environment: context.environment).config,
            [
                "aws_access_key_id", "role_arn", "credential_process", "sso_session", "sso_start_url",
                "web_identity_token_file", "login_session",
            ])
    }

    /// The first one of the credentials file.
    var credentials: Setting? {
        setting(
            .credentials, ProfileLocations(environment: context.environment).credentials,
            ["aws_access_key_id", "role_arn", "credential_process"])
    }

    private func setting(_ kind: ProfileDocument.Kind, _ path: String?, _ keys: [String]) -> Setting? {
        let name = "default"
        guard let path, FileSystem.isRegularFile(path), let text = try? FileSystem.read(path),
            let profile = (try? ProfileDocument(text, kind: kind))?.profiles[name],
            let key = keys.first(where: { profile[$0] != nil })
        else { return nil }
        return Setting(key: key, profile: name, path: path)
    }
}

extension Console {
    /// Says that an endpoint will not be asked because of it.
    func warn(_ winner: CredentialPrecedence.Setting?) {
        guard let winner else { return }
        warn("\(winner.key) of [\(winner.profile)] in \(winner.path) goes before these credentials in AWS SDKs")
    }
}
