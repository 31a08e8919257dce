import AWS
import AzureDevOps
import Domain

/// `assume` with profiles that a file names, or that call this program: all are written at once, or none.
struct ProfileWriting {
    private let requests: [ProfileRequest]
    private let files: ProfileFiles
    private let isForJob: Bool
    /// What later steps have as `AWS_PROFILE`.
    private let selected: String?
    private let isProcess: Bool
    private let context: Context
    private let console: Console

    /// - Throws: ``ErrorReport`` where options do not go together, or the file is wrong.
    init(
        _ options: DeliveryOptions, _ role: RoleOptions, _ token: TokenOptions, _ guards: GuardOptions,
        _ context: Context, _ console: Console
    ) throws(ErrorReport) {
        try Self.check(options)
        isForJob = options.expose == .file
        if let path = options.profilesFile {
            requests = try ProfileRequest.all(in: path, role, token, guards)
            if let profile = options.profile, !requests.contains(where: { $0.name == profile }) {
                throw ErrorReport(
                    .usage, "--profile names the profile that later steps use, and \(path) has no \(profile)")
            }
            selected = options.profile
        } else {
            guard let name = options.profile ?? (isForJob ? "default" : nil) else {
                throw ErrorReport(
                    .usage, "--credential-process writes profiles, and none is named",
                    hints: ["name one with --profile NAME, or many with --profiles-file FILE"])
            }
            requests = [ProfileRequest(name, role, token, guards)]
            selected = name
        }
        files = isForJob ? try ProfileFiles.ofJob(context) : ProfileFiles.shared(context)
        (isProcess, self.context, self.console) = (options.credentialProcess, context, console)
    }

    private static func check(_ options: DeliveryOptions) throws(ErrorReport) {
        let option = options.profilesFile == nil ? "--credential-process" : "--profiles-file"
        if options.format != nil || options.toolkitVariables || options.cache
            || (options.expose != nil && options.expose != .file)
        {
            throw ErrorReport(
                .usage,
                "\(option) writes profiles and prints nothing, so of the options for output it takes --expose file alone",
                hints: options.cache && options.credentialProcess
                    ? ["the command that --credential-process writes has --cache already"] : [])
        }
        if options.profilesFile != nil && options.profile != nil && options.expose != .file {
            throw ErrorReport(
                .usage, "--profiles-file names the profiles, so it takes no --profile",
                hints: ["with '--expose file' it names the profile that later steps use"])
        }
        if let profile = options.profile { try Delivery.checkName(profile) }
    }

    /// - Throws: whatever ``ErrorReport`` knows; then no file was changed.
    func run(_ global: GlobalOptions) async throws {
        let profiles = isProcess ? try processes(global) : []
        try files.check(isProcess ? profiles : requests.map { .keys($0.name, .placeholder) })
        if isProcess {
            try deliver(profiles, masks: [])
        } else {
            let sessions = try await NamedSessions(
                exchanges: NamedExchange.all(requests, global, context, console), noun: "profile",
                consequence: "no profile was written", console: console
            ).all()
            let masks = isForJob ? try sessions.map { try Self.masks($0.session.credentials) } : []
            try deliver(
                sessions.map { .keys($0.name, $0.session.credentials, region: $0.session.region) }, masks: masks)
        }
    }

    private func processes(_ global: GlobalOptions) throws -> [SharedFileProfile] {
        let command = try ProcessCommandLine()
        // What the command will need is looked at now.
        _ = try Network.transport(global, context)
        return try requests.map { request in
            let (session, place) = try request.checked(context)
            do throws(ErrorReport) {
                let words = try command.words(for: request, session, place, global, context)
                return .process(request.name, words, region: session.region?.name)
            } catch {
                throw request.located(error)
            }
        }
    }

    private func deliver(_ profiles: [SharedFileProfile], masks: [Secret]) throws {
        let source: SharedFileProfile.Source = isProcess ? .process : .keys
        let path = try files.path(for: source)
        let variables = isForJob ? try self.variables(for: source, path) : ""
        for lines in masks { try context.standardOutput.write(lines) }
        try files.write(profiles)
        try context.standardOutput.write(variables)
        let names = profiles.count == 1 ? "profile \(profiles[0].name)" : "\(profiles.count) profiles"
        console.note("wrote \(names) to \(path)")
        if isForJob { Delivery.warnOfWinners(context, console) }
    }

    private static func masks(_ credentials: SessionCredentials) throws(LoggingCommand.Failure) -> Secret {
        try PipelineVariables(credentials, region: nil, includesToolkit: false).maskLines()
    }

    private func variables(
        for source: SharedFileProfile.Source, _ path: String
    ) throws(LoggingCommand.Failure) -> Secret {
        let name = source == .keys ? "AWS_SHARED_CREDENTIALS_FILE" : "AWS_CONFIG_FILE"
        let profile = selected.map { EnvironmentVariable(name: "AWS_PROFILE", value: Secret($0), isSecret: false) }
        let file = EnvironmentVariable(name: name, value: Secret(path), isSecret: false)
        return try PipelineVariables.lines(setting: [file] + [profile].compactMap(\.self), blanking: [])
    }
}
