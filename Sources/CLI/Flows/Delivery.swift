import AzureDevOps
import Domain

/// Hands a session on in the way that was asked for.
enum Delivery {
    /// Logging commands that the agent turns into variables.
    case pipelineVariables(PipelineVariables.Mode, toolkit: Bool)
    /// A credentials file for the job, which the agent's variables point to.
    case pipelineFile(path: String, profile: String, toolkit: Bool)
    /// Text on stdout.
    case text(CredentialFormat)
    /// A profile of the shared credentials file.
    case profile(path: String, name: String)

    /// - Throws: ``ErrorReport`` where options do not go together or a place to write to is not known.
    init(_ options: DeliveryOptions, _ context: Context) throws(ErrorReport) {
        if let profile = options.profile {
            guard SharedCredentialsText.isValidName(profile) else {
                throw ErrorReport(
                    .usage, "--profile is not a profile name: \(ErrorReport.words(for: .invalidProfileName))")
            }
        }
        if let profile = options.profile, options.expose != .file {
            if options.format != nil || options.expose != nil || options.toolkitVariables {
                throw ErrorReport(
                    .usage, "--profile writes a file and prints nothing, so it takes no --format and no --expose",
                    hints: ["with '--expose file' it names the profile of the job's own credentials file"])
            }
            self = .profile(path: try Self.sharedCredentialsFile(context), name: profile)
            return
        }
        let format = options.format ?? (context.isPipeline ? .pipeline : .text(.env))
        guard case .text(let format) = format else {
            self = try Self.pipeline(options, context)
            return
        }
        if options.expose != nil || options.toolkitVariables {
            throw ErrorReport(
                .usage, "--expose and --toolkit-variables go with the pipeline format only",
                hints: ["the format here is \(format.rawValue): add --format pipeline, or leave them out"])
        }
        self = .text(format)
    }

    private static func pipeline(_ options: DeliveryOptions, _ context: Context) throws(ErrorReport) -> Delivery {
        switch options.expose ?? .variables {
        case .variables: return .pipelineVariables(.variables, toolkit: options.toolkitVariables)
        case .secrets: return .pipelineVariables(.secrets, toolkit: options.toolkitVariables)
        case .file:
            guard let directory = context.variable("AGENT_TEMPDIRECTORY") else {
                throw ErrorReport(
                    .missingConfiguration, "--expose file writes under AGENT_TEMPDIRECTORY, which is not set",
                    hints: ["the agent sets it in every step; elsewhere use --profile NAME"])
            }
            return .pipelineFile(
                path: "\(directory)/keyless/credentials", profile: options.profile ?? "default",
                toolkit: options.toolkitVariables)
        }
    }

    /// The file that the AWS CLI and SDKs read.
    private static func sharedCredentialsFile(_ context: Context) throws(ErrorReport) -> String {
        if let path = context.variable("AWS_SHARED_CREDENTIALS_FILE") {
            guard path.hasPrefix("~/"), let home = context.variable("HOME") else { return path }
            return home + path.dropFirst()
        }
        guard let home = context.variable("HOME") else {
            throw ErrorReport(
                .missingConfiguration, "neither AWS_SHARED_CREDENTIALS_FILE nor HOME says where the profile goes")
        }
        return "\(home)/.aws/credentials"
    }

    /// Finds out whether the file that credentials shall go to can take them, without changing anything.
    ///
    /// - Throws: ``ErrorReport`` or ``FileSystem/Failure``, as ``deliver(_:_:_:)`` would.
    func prepare() throws {
        switch self {
        case .text, .pipelineVariables: return
        case .profile(let path, let profile), .pipelineFile(let path, let profile, _):
            let none = SessionCredentials(
                accessKeyID: "none", secretAccessKey: "none", sessionToken: nil, expiration: nil)
            let existing = try FileSystem.read(path, followingLinks: false)
            _ = try merged(none, region: nil, into: existing, at: path, profile: profile)
        }
    }

    /// - Throws: ``ErrorReport`` or ``FileSystem/Failure``; then nothing was printed and no file changed.
    func deliver(_ session: Session, _ context: Context, _ console: Console) throws {
        switch self {
        case .text(let format):
            try context.standardOutput.write(render(session, as: format))
        case .profile(let path, let name):
            try write(session, to: path, profile: name)
            console.note("wrote profile \(name) to \(path)")
        case .pipelineVariables(let mode, let toolkit):
            let variables = PipelineVariables(session.credentials, region: session.region, includesToolkit: toolkit)
            try context.standardOutput.write(
                try pipelineLines { () throws(LoggingCommand.Failure) in try variables.lines(mode) })
        case .pipelineFile(let path, let profile, let toolkit):
            let variables = PipelineVariables(session.credentials, region: session.region, includesToolkit: toolkit)
            let lines = try pipelineLines { () throws(LoggingCommand.Failure) in
                try variables.lines(forFile: path, profile: profile)
            }
            try write(session, to: path, profile: profile)
            try context.standardOutput.write(lines)
            warnOfWinners(context, console)
        }
    }

    private func render(_ session: Session, as format: CredentialFormat) throws(ErrorReport) -> Secret {
        do throws(FormatError) {
            return try format.render(
                session.credentials, region: session.region, accountID: session.account,
                assumedRoleARN: session.assumedRoleARN)
        } catch {
            throw ErrorReport(
                .badInput,
                "\(error.name) cannot be written as \(format.rawValue): \(ErrorReport.words(for: error.reason))",
                hints: ["--format json can hold any value"])
        }
    }

    private func pipelineLines(_ make: () throws(LoggingCommand.Failure) -> Secret) throws(ErrorReport) -> Secret {
        do throws(LoggingCommand.Failure) {
            return try make()
        } catch {
            switch error {
            case .lineEnd(let variable):
                throw ErrorReport(.badInput, "\(variable) cannot be given to the agent: it has a line end in it")
            }
        }
    }

    private func write(_ session: Session, to path: String, profile: String) throws {
        try FileSystem.update(path) { existing in
            try merged(session.credentials, region: session.region, into: existing, at: path, profile: profile)
        }
    }

    private func merged(
        _ credentials: SessionCredentials, region: String?, into existing: Secret?, at path: String, profile: String
    ) throws(ErrorReport) -> Secret {
        do throws(SharedCredentialsError) {
            return try SharedCredentialsText.settingProfile(
                profile, to: credentials, region: region, in: existing ?? "")
        } catch {
            throw ErrorReport(.badInput, "\(path) was left as it is: \(ErrorReport.words(for: error))")
        }
    }

    /// Keys in the environment win over a file; only some SDKs let a profile that is named there win over the keys.
    private func warnOfWinners(_ context: Context, _ console: Console) {
        if context.variable("AWS_ACCESS_KEY_ID") != nil {
            console.warn("AWS_ACCESS_KEY_ID is set in this job and wins over the credentials file in most AWS SDKs")
        }
    }
}
