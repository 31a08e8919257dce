import Domain
import LinuxSystem

/// The environment that `exec` gives its command: its own, without what would lead an AWS SDK to other credentials,
/// and with the session's.
package struct ChildEnvironment {
    /// Every variable that an SDK or the AWS CLI looks at to find credentials, current names and old ones.
    static let conflicting = [
        "AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CREDENTIAL_FILE",
        "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    ]

    /// Taken from this process at its start, and given back to the command.
    package static let tlsKeyLog = "SSLKEYLOGFILE"

    private let variables: [EnvironmentVariable]
    private let tlsKeyLogFile: String?

    init(_ session: Session, _ context: Context) {
        self.init(session.credentials.environmentVariables(region: session.region), context)
    }

    /// - Parameter variables: those that lead to the credentials.
    init(_ variables: [EnvironmentVariable], _ context: Context) {
        tlsKeyLogFile = context.variable(Self.tlsKeyLog)
        self.variables = variables
    }

    /// Changes this process's own environment, which the command inherits.
    func apply() {
        for name in Self.conflicting { ThisProcess.setVariable(name, to: nil) }
        if let tlsKeyLogFile { ThisProcess.setVariable(Self.tlsKeyLog, to: Secret(tlsKeyLogFile)) }
        for variable in variables { ThisProcess.setVariable(variable.name, to: variable.value) }
    }
}
