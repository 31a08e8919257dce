import AzureDevOps
import Domain
import LinuxSystem

/// What is not configured, with what to write.
extension ErrorReport {
    static let noRole = ErrorReport(
        .missingConfiguration, "no role to assume",
        hints: ["give --role-arn arn:aws:iam::111122223333:role/deploy, or set AWS_ROLE_ARN"])

    /// The YAML that maps the job's access token, which no script step has by itself.
    private static let mapping = """
        map it in the step:
            env:
              SYSTEM_ACCESSTOKEN: $(System.AccessToken)
        """

    static let accessTokenNotMapped = ErrorReport(
        .missingConfiguration, "the job's access token is not mapped: SYSTEM_ACCESSTOKEN is not set",
        hints: [
            mapping,
            "in a classic release, tick 'Allow scripts to access the OAuth token' on the agent job",
        ])

    static let accessTokenIsLiteralMacro = ErrorReport(
        .missingConfiguration,
        "SYSTEM_ACCESSTOKEN holds the text $(System.AccessToken): the agent did not replace the macro",
        hints: [mapping, "macros are replaced under 'env:' of a step, not inside scripts or in runtime expressions"])

    static func connectionIsNotAnID(_ text: String) -> ErrorReport {
        ErrorReport(
            .usage,
            "the service connection must be given by its GUID, not by its name: \(ForeignText.clean(text, limit: 80))",
            hints: [
                "open it under Project settings > Service connections: the address of its page ends with "
                    + "resourceId=GUID"
            ])
    }

    static func accountNotAllowed(_ account: AccountID, allowed: [AccountID]) -> ErrorReport {
        ErrorReport(
            .refused,
            "the role is in account \(account), which --allowed-account-id does not allow",
            hints: ["allowed: \(allowed.map(\.text).joined(separator: ", "))"])
    }

    static func cannotRun(_ command: String, _ error: SystemError) -> ErrorReport {
        let name = ForeignText.clean(command, limit: 200)
        guard error.isNotFound else { return ErrorReport(.commandNotExecutable, "cannot run \(name): \(error)") }
        guard command.contains("/") else {
            return ErrorReport(.commandNotFound, "cannot run \(name): there is no such command on PATH")
        }
        return ErrorReport(
            .commandNotFound, "cannot run \(name): there is no such file, or none that its first line names after #!")
    }

    /// The agent's service cannot be addressed.
    init(_ failure: OIDCTokenEndpoint.Failure) {
        switch failure {
        case .notInPipeline:
            self.init(
                .missingConfiguration, "this is no Azure Pipelines job: there is no agent to ask for a token",
                hints: [
                    "run it in a pipeline step, or give a token with --web-identity-token-file FILE"
                ])
        case .missing(let variable):
            self.init(
                .missingConfiguration, "the agent did not say where to ask for a token: \(variable) is not set",
                hints: [
                    "agents of 2024 and later set SYSTEM_OIDCREQUESTURI; in a container job or over ssh pass it on"
                ])
        case .malformed(let variable, let reason):
            self.init(.badInput, "\(variable) is not a URL to ask for a token: \(reason)")
        }
    }
}
