package import Domain

/// The logging commands that hand credentials to the steps that follow. In all of them every mask comes before any
/// line that carries a value.
package struct PipelineVariables: Sendable {
    /// How later steps come by the credentials.
    package enum Mode: Sendable {
        /// Plain variables, which the agent exports to every later step; the log masks their values all the same.
        case variables
        /// Secret variables, which a step has only where it maps them.
        case secrets
    }

    private let credentials: SessionCredentials
    private let region: String?
    /// Whether the variables that the AWS Toolkit's tasks read are set too.
    private let includesToolkit: Bool

    package init(_ credentials: SessionCredentials, region: String?, includesToolkit: Bool) {
        (self.credentials, self.region, self.includesToolkit) = (credentials, region, includesToolkit)
    }

    /// Lines that set `AWS_ACCESS_KEY_ID` and its companions.
    ///
    /// - Throws: ``LoggingCommand/Failure`` for a value the agent cannot take; then there is no line at all.
    package func lines(_ mode: Mode) throws(LoggingCommand.Failure) -> Secret {
        var commands: [LoggingCommand] = []
        for variable in credentials.environmentVariables(region: region) {
            commands.append(
                try .setVariable(
                    variable.name, to: variable.value, isSecret: variable.isSecret && mode == .secrets))
        }
        return try masked(commands)
    }

    /// Lines that point the AWS SDKs to a credentials file.
    ///
    /// - Throws: as ``lines(_:)``.
    package func lines(forFile path: String, profile: String) throws(LoggingCommand.Failure) -> Secret {
        var commands = [
            try LoggingCommand.setVariable("AWS_SHARED_CREDENTIALS_FILE", to: Secret(path)),
            try LoggingCommand.setVariable("AWS_PROFILE", to: Secret(profile)),
        ]
        for variable in EnvironmentVariable.region(region) {
            commands.append(try .setVariable(variable.name, to: variable.value))
        }
        return try masked(commands)
    }

    /// Lines that set variables which are no secrets.
    ///
    /// - Parameter names: of variables that are set to nothing: the agent knows no other way to take one back.
    /// - Throws: as ``lines(_:)``.
    package static func lines(
        setting variables: [EnvironmentVariable], blanking names: [String]
    ) throws(LoggingCommand.Failure) -> Secret {
        var lines: Secret = ""
        for name in names { lines = "\(lines)\(try LoggingCommand.setVariable(name, to: "").render())\n" }
        for variable in variables {
            lines = "\(lines)\(try LoggingCommand.setVariable(variable.name, to: variable.value).render())\n"
        }
        return lines
    }

    /// The lines that mask the credentials, for files that hold them: nothing sets a variable.
    ///
    /// - Throws: as ``lines(_:)``.
    package func maskLines() throws(LoggingCommand.Failure) -> Secret {
        try masks().reduce("") { "\($0)\($1.render())\n" }
    }

    private func masks() throws(LoggingCommand.Failure) -> [LoggingCommand] {
        var commands: [LoggingCommand] = []
        for variable in credentials.environmentVariables(region: nil) where variable.isSecret {
            commands.append(try .setSecret(variable.value, named: variable.name))
        }
        return commands
    }

    /// Source: aws-toolkit-azure-devops, `awsConnectionParameters.ts`.
    private func toolkitVariables() throws(LoggingCommand.Failure) -> [LoggingCommand] {
        guard includesToolkit else { return [] }
        var commands = [
            try LoggingCommand.setVariable("AWS.AccessKeyID", to: credentials.accessKeyID, isSecret: true),
            try LoggingCommand.setVariable("AWS.SecretAccessKey", to: credentials.secretAccessKey, isSecret: true),
        ]
        if let token = credentials.sessionToken {
            commands.append(try .setVariable("AWS.SessionToken", to: token, isSecret: true))
        }
        if let region { commands.append(try .setVariable("AWS.Region", to: Secret(region))) }
        return commands
    }

    private func masked(_ commands: [LoggingCommand]) throws(LoggingCommand.Failure) -> Secret {
        try (masks() + commands + toolkitVariables()).reduce("") { "\($0)\($1.render())\n" }
    }
}
