import AzureDevOps
import Domain
import LinuxSystem

/// `assume` with profiles that a file names, or that call this program: all are written at once, or none.
struct ProfileWriting {
    let request: ProfilesRequest
    let context: Context
    let console: Console

    /// - Throws: whatever ``ErrorReport`` knows; then no file was changed.
    func run(_ network: NetworkRequest) async throws {
        let (files, isProcess) = (request.files, request.isProcess)
        let profiles = isProcess ? try processes(network) : []
        try files.check(isProcess ? profiles : request.sessions.map { .keys($0.name, .placeholder) })
        if isProcess {
            try deliver(profiles, masks: [])
        } else {
            let sessions = try await ExchangeBatch(
                request.sessions, noun: "profile", consequence: "no profile was written",
                over: Network(network, context, console), console
            ).sessions()
            let masks = request.isForJob ? try sessions.map { try Self.masks($0.session.credentials) } : []
            try deliver(
                sessions.map { .keys($0.name, $0.session.credentials, region: $0.session.region) }, masks: masks)
        }
    }

    private func processes(_ network: NetworkRequest) throws(ErrorReport) -> [SharedFileProfile] {
        let command = try ProcessCommandLine()
        return try request.sessions.map { (request) throws(ErrorReport) in
            do throws(ErrorReport) {
                let words = try command.words(for: request.session, network, context)
                return .process(request.name, words, region: request.session.region?.name)
            } catch {
                throw request.located(error)
            }
        }
    }

    private func deliver(_ profiles: [SharedFileProfile], masks: [Secret]) throws {
        let source: SharedFileProfile.Source = request.isProcess ? .process : .keys
        let path = try request.files.path(for: source)
        let variables = request.isForJob ? try self.variables(for: source, path) : ""
        for lines in masks { try context.standardOutput.write(lines) }
        try request.files.write(profiles)
        try context.standardOutput.write(variables)
        let names = profiles.count == 1 ? "profile \(profiles[0].name)" : "\(profiles.count) profiles"
        console.note("wrote \(names) to \(path)")
        if request.isForJob { try console.tell(CredentialPrecedence(context).keysBeforeFile) }
    }

    private static func masks(_ credentials: SessionCredentials) throws(LoggingCommand.Failure) -> Secret {
        try PipelineVariables(credentials, region: nil, includesToolkit: false).maskLines()
    }

    private func variables(
        for source: SharedFileProfile.Source, _ path: String
    ) throws(LoggingCommand.Failure) -> Secret {
        let name = source == .keys ? "AWS_SHARED_CREDENTIALS_FILE" : "AWS_CONFIG_FILE"
        let profile = request.selected.map {
            EnvironmentVariable(name: "AWS_PROFILE", value: Secret($0), isSecret: false)
        }
        let file = EnvironmentVariable(name: name, value: Secret(path), isSecret: false)
        return try PipelineVariables.lines(setting: [file] + [profile].compactMap(\.self), blanking: [])
    }
}
