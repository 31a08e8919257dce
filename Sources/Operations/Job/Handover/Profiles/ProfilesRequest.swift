import Domain
import LinuxSystem

/// Profiles that a file names, or that call this program: what `assume` is asked to write.
struct ProfilesRequest: Sendable {
    let sessions: [NamedSessionRequest]
    let files: ProfileFiles
    /// Whether they are of the job's own, which the agent's variables point to.
    let isForJob: Bool
    /// What later steps have as `AWS_PROFILE`.
    let selected: String?
    /// Whether they call this program.
    let isProcess: Bool

    /// - Throws: ``ErrorReport`` if options do not go together, or the file is wrong.
    init(
        _ handover: HandoverSettings, _ session: SessionSettings, network: NetworkRequest, _ context: Context
    ) throws(ErrorReport) {
        try Self.check(handover)
        isForJob = handover.exposure == .file
        let entries: [NamedSessionRequest.Entry]
        if let path = handover.profilesFile {
            entries = try NamedSessionRequest.entries(in: path, session)
            if let profile = handover.profile, !entries.contains(where: { $0.name == profile }) {
                throw ErrorReport(
                    .usage, "--profile names the profile that later steps use, and \(path) has no \(profile)")
            }
            selected = handover.profile
        } else {
            guard let name = handover.profile ?? (isForJob ? "default" : nil) else {
                throw ErrorReport(
                    .usage, "--credential-process writes profiles, and none is named",
                    hints: ["name one with --profile NAME, or many with --profiles-file FILE"])
            }
            entries = [.init(name: name, place: nil, settings: session)]
            selected = name
        }
        files = isForJob ? try ProfileFiles.ofJob(context) : ProfileFiles.shared(context)
        isProcess = handover.credentialProcess
        sessions = try entries.map { (entry) throws(ErrorReport) in try entry.checked(context) }
        if !isProcess { for session in sessions { try session.session.token.checkAccess() } }
    }

    private static func check(_ settings: HandoverSettings) throws(ErrorReport) {
        let option = settings.profilesFile == nil ? "--credential-process" : "--profiles-file"
        if settings.format != nil || settings.toolkitVariables || settings.cache
            || (settings.exposure != nil && settings.exposure != .file)
        {
            throw ErrorReport(
                .usage,
                "\(option) writes profiles and prints nothing, so of the options for output it takes --expose file alone",
                hints: settings.cache && settings.credentialProcess
                    ? ["the command that --credential-process writes has --cache already"] : [])
        }
        if settings.profilesFile != nil && settings.profile != nil && settings.exposure != .file {
            throw ErrorReport(
                .usage, "--profiles-file names the profiles, so it takes no --profile",
                hints: ["with '--expose file' it names the profile that later steps use"])
        }
        if let profile = settings.profile { try Delivery.checkName(profile) }
    }
}
