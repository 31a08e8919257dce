import Domain

/// A profile that is wanted, with all options that hold for it.
struct ProfileRequest {
    /// The largest file of profiles, in bytes.
    private static let largestFile = 4 << 20

    let name: String
    /// `line 3 of FILE`; `nil` on the command line.
    let place: String?
    private(set) var role: RoleOptions
    private(set) var token: TokenOptions
    private(set) var guards: GuardOptions

    /// The one that a command line names.
    init(_ name: String, _ role: RoleOptions, _ token: TokenOptions, _ guards: GuardOptions) {
        (self.name, place) = (name, nil)
        (self.role, self.token, self.guards) = (role, token, guards)
    }

    /// Those of a file. What an entry does not say the command line does.
    ///
    /// - Throws: ``ErrorReport`` naming the line.
    static func all(
        in path: String, _ role: RoleOptions, _ token: TokenOptions, _ guards: GuardOptions
    ) throws(ErrorReport) -> [ProfileRequest] {
        guard role.roleArn == nil, role.chainRoleArn.isEmpty, role.externalId == nil else {
            throw ErrorReport(
                .usage,
                "--profiles-file names the roles, so it takes no --role-arn, no --chain-role-arn and no --external-id",
                hints: [#"in the file they are "roleArn", "chainRoleArn" and "externalId" of a profile"#])
        }
        let contents = try FileSystem.read(path, named: "profiles file", limit: largestFile)
        let entries: [ProfilesFile.Entry]
        do throws(LocatedJSONFailure) {
            entries = try contents.withExposedBytes { (bytes) throws(LocatedJSONFailure) in
                try ProfilesFile(bytes).entries
            }
        } catch {
            throw ErrorReport(error, of: path, .profiles)
        }
        var requests: [ProfileRequest] = []
        for entry in entries {
            var request = ProfileRequest(entry, in: path, role, token, guards)
            try request.take(tokenOf: entry)
            requests.append(request)
        }
        return requests
    }

    private init(
        _ entry: ProfilesFile.Entry, in path: String, _ role: RoleOptions, _ token: TokenOptions,
        _ guards: GuardOptions
    ) {
        (name, place) = (entry.name, "line \(entry.line) of \(path)")
        (self.role, self.token, self.guards) = (role, token, guards)
        self.role.roleArn = entry.roleArn
        self.role.chainRoleArn = entry.chainRoleArn
        self.role.externalId = entry.externalId
        self.role.sessionName = entry.sessionName ?? role.sessionName
        self.role.duration = entry.duration ?? role.duration
        self.role.region = entry.region ?? role.region
        self.role.policy = entry.policy ?? role.policy
        self.role.policyArn = entry.policyArn ?? role.policyArn
        self.role.allowedAccountId = entry.allowedAccountId ?? role.allowedAccountId
        self.role.verify = entry.verify ?? role.verify
        self.guards.issuer = entry.issuer ?? guards.issuer
        self.guards.requireBranch = entry.requireBranch ?? guards.requireBranch
        self.guards.requirePipeline = entry.requirePipeline ?? guards.requirePipeline
    }

    private mutating func take(tokenOf entry: ProfilesFile.Entry) throws(ErrorReport) {
        if entry.serviceConnection != nil && entry.webIdentityTokenFile != nil {
            throw located(
                ErrorReport(.badInput, "\"serviceConnection\" and \"webIdentityTokenFile\" exclude each other"))
        }
        if entry.serviceConnection != nil || entry.webIdentityTokenFile != nil {
            (token.serviceConnection, token.webIdentityTokenFile) = (
                entry.serviceConnection, entry.webIdentityTokenFile
            )
        }
    }

    /// What the options ask for, checked.
    ///
    /// - Throws: ``ErrorReport`` naming the profile.
    func checked(_ context: Context) throws(ErrorReport) -> (session: SessionRequest, token: TokenPlace) {
        do throws(ErrorReport) {
            return (try SessionRequest(role, context), try TokenPlace(token, context))
        } catch {
            throw located(error)
        }
    }

    /// The same mistake with the profile it is in. An option that is wrong in a file is the file's fault.
    func located(_ report: ErrorReport) -> ErrorReport {
        guard let place else { return report }
        return ErrorReport(
            report.code == .usage ? .badInput : report.code, "profile \(name), \(place): \(report.message)",
            hints: report.hints)
    }
}
