import Domain
import LinuxSystem

/// What AWS SDKs take credentials from before those that were handed over.
struct CredentialPrecedence {
    /// Those that cannot be set to nothing: the AWS CLI and botocore take an empty one for a name.
    static let lasting = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]

    /// Those that lead nowhere without others: a later step may want them, for `keyless` too.
    private static let harmless = ["AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_CREDENTIAL_EXPIRATION"]

    private let context: Context

    init(_ context: Context) { self.context = context }

    /// The variables that are set. Where an environment cannot be made to lose them, they are set to nothing.
    var variables: [String] {
        ChildEnvironment.conflicting.filter { context.variable($0) != nil && !Self.harmless.contains($0) }
    }

    /// Those of the variables that do no good even when they are empty.
    var lastingVariables: [Finding] {
        variables.filter(Self.lasting.contains).map { name in
            Finding(
                .credentialPrecedence, .warning, name,
                "\(name) is set in this job and goes before these credentials in AWS SDKs", at: .variable(name))
        }
    }

    /// The first setting of the config file: it holds whatever the environment says.
    var config: [Finding] {
        setting(
            .config, ProfileLocations(environment: context.environment).config,
            [
                "aws_access_key_id", "role_arn", "credential_process", "sso_session", "sso_start_url",
                "web_identity_token_file", "login_session",
            ])
    }

    /// The first one of the credentials file.
    var credentials: [Finding] {
        setting(
            .credentials, ProfileLocations(environment: context.environment).credentials,
            ["aws_access_key_id", "role_arn", "credential_process"])
    }

    /// Keys in the environment win over a credentials file; only some SDKs let a profile that is named there win over
    /// the keys.
    var keysBeforeFile: [Finding] {
        let name = "AWS_ACCESS_KEY_ID"
        guard context.variable(name) != nil else { return [] }
        return [
            Finding(
                .credentialPrecedence, .warning, name,
                "\(name) is set in this job and wins over the credentials file in most AWS SDKs", at: .variable(name))
        ]
    }

    private func setting(_ kind: ProfileDocument.Kind, _ path: String?, _ keys: [String]) -> [Finding] {
        let name = "default"
        guard let path, FileSystem.isRegularFile(path), let text = try? FileSystem.read(path),
            let profile = (try? ProfileDocument(text, kind: kind))?.profiles[name],
            let key = keys.first(where: { profile[$0] != nil })
        else { return [] }
        return [
            Finding(
                .credentialPrecedence, .warning, path,
                "\(key) of [\(name)] in \(path) goes before these credentials in AWS SDKs")
        ]
    }
}
