import AzureDevOps
import Domain
import LinuxSystem

/// Hands a session on in the way that was asked for.
enum Delivery: Sendable {
    /// Logging commands that the agent turns into variables.
    case pipelineVariables(PipelineVariables.Mode, toolkit: Bool)
    /// A profile of a credentials file for the job, which the agent's variables point to.
    case pipelineFile(ProfileFiles, profile: String, toolkit: Bool)
    /// Text on stdout.
    case text(CredentialFormat)
    /// A profile of the shared credentials file.
    case profile(ProfileFiles, name: String)

    /// - Throws: ``ErrorReport`` where options do not go together or a place to write to is not known.
    init(_ settings: HandoverSettings, _ context: Context) throws(ErrorReport) {
        if let profile = settings.profile { try Self.checkName(profile) }
        if let profile = settings.profile, settings.exposure != .file {
            if settings.format != nil || settings.exposure != nil || settings.toolkitVariables {
                throw ErrorReport(
                    .usage, "--profile writes a file and prints nothing, so it takes no --format and no --expose",
                    hints: ["with '--expose file' it names the profile of the job's own credentials file"])
            }
            if settings.cache { throw Self.nothingToCache }
            self = .profile(ProfileFiles.shared(context), name: profile)
            return
        }
        let format = settings.format ?? .usual(context)
        guard case .text(let format) = format else {
            if settings.cache { throw Self.nothingToCache }
            self = try Self.pipeline(settings, context)
            return
        }
        if settings.exposure != nil || settings.toolkitVariables {
            throw ErrorReport(
                .usage, "--expose and --toolkit-variables go with the pipeline format only",
                hints: ["the format here is \(format.rawValue): add --format pipeline, or leave them out"])
        }
        self = .text(format)
    }

    private static func pipeline(_ settings: HandoverSettings, _ context: Context) throws(ErrorReport) -> Delivery {
        switch settings.exposure ?? .variables {
        case .variables: return .pipelineVariables(.variables, toolkit: settings.toolkitVariables)
        case .secrets: return .pipelineVariables(.secrets, toolkit: settings.toolkitVariables)
        case .file:
            return .pipelineFile(
                try ProfileFiles.ofJob(context), profile: settings.profile ?? "default",
                toolkit: settings.toolkitVariables)
        }
    }

    private static let nothingToCache = ErrorReport(
        .usage, "--cache goes with the formats that are printed",
        hints: ["add --format env or another of them, or leave --cache out: what is written stays anyway"])

    /// - Throws: ``ErrorReport`` where some SDK takes no profile of that name.
    static func checkName(_ profile: String) throws(ErrorReport) {
        guard SharedFileText.isValidName(profile) else {
            throw ErrorReport(
                .usage, "--profile is not a profile name: \(ErrorReport.words(for: .invalidProfileName))")
        }
    }

    /// Finds out whether the file that credentials shall go to can take them, without changing anything.
    ///
    /// - Throws: ``ErrorReport`` or ``FileSystem/Failure``, as ``deliver(_:_:_:)`` would.
    func prepare() throws {
        switch self {
        case .text, .pipelineVariables: return
        case .profile(let files, let profile), .pipelineFile(let files, let profile, _):
            try files.check([.keys(profile, .placeholder)])
        }
    }

    /// - Throws: what ``ErrorReport`` knows of values and files; then nothing was printed and no file changed.
    func deliver(_ session: Session, _ context: Context, _ console: Console) throws {
        switch self {
        case .text(let format):
            try context.standardOutput.write(
                format.render(
                    session.credentials, region: session.region, accountID: session.account?.text,
                    assumedRoleARN: session.assumedRoleARN))
        case .profile(let files, let name):
            let path = try files.path(for: .keys)
            try files.write([.keys(name, session.credentials, region: session.region)])
            console.note("wrote profile \(name) to \(path)")
        case .pipelineVariables(let mode, let toolkit):
            let variables = PipelineVariables(session.credentials, region: session.region, includesToolkit: toolkit)
            try context.standardOutput.write(variables.lines(mode))
        case .pipelineFile(let files, let profile, let toolkit):
            let path = try files.path(for: .keys)
            let variables = PipelineVariables(session.credentials, region: session.region, includesToolkit: toolkit)
            let lines = try variables.lines(forFile: path, profile: profile)
            try files.write([.keys(profile, session.credentials, region: session.region)])
            try context.standardOutput.write(lines)
            try console.tell(CredentialPrecedence(context).keysBeforeFile)
        }
    }
}

extension SessionCredentials {
    /// In the place of those that are not there yet, to find out whether they could be written.
    static let placeholder = SessionCredentials(
        accessKeyID: "none", secretAccessKey: "none", sessionToken: nil, expiration: nil)
}
