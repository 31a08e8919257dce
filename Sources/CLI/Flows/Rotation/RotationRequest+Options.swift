import Domain

extension RotationRequest {
    /// The largest file of rotations, in bytes.
    private static let largestFile = 4 << 20

    /// The rotations a command line asks for: one, or those of a file.
    ///
    /// - Throws: ``ErrorReport`` naming the option, or the line of the file.
    static func all(
        _ options: RotationOptions, _ place: ServiceConnectionOptions, _ azure: AzureCredentialOptions,
        _ admin: AdminOptions, _ context: Context
    ) throws(ErrorReport) -> [RotationRequest] {
        let grace = options.grace ?? RotationOptions.usualGrace
        guard let path = options.rotationsFile else {
            return [
                try RotationRequest(
                    userName: options.userName, secretID: options.secretId, place, azure, admin, grace: grace, context)
            ]
        }
        let contents: Secret?
        do throws(FileSystem.Failure) { contents = try FileSystem.read(path, limit: largestFile) } catch {
            throw ErrorReport(error)
        }
        guard let contents else { throw ErrorReport(.badInput, "there is no file \(path)") }
        let defaults = RotationsFile.Defaults(
            organization: place.organization ?? OrganizationAddress(nil, context)?.name,
            project: place.project ?? context.variable("SYSTEM_TEAMPROJECT"), profile: admin.profile,
            region: admin.region)
        let entries: [RotationsFile.Entry]
        do throws(RotationsFile.Failure) {
            entries = try contents.withExposedBytes { (bytes) throws(RotationsFile.Failure) in
                try RotationsFile(bytes, defaults: defaults).entries
            }
        } catch {
            throw ErrorReport(error, of: path, .rotations)
        }
        var requests: [RotationRequest] = []
        for entry in entries {
            do throws(ErrorReport) {
                requests.append(try RotationRequest(entry, place, azure, admin, grace, context))
            } catch {
                throw ErrorReport(.badInput, "line \(entry.line) of \(path): \(error.message)", hints: error.hints)
            }
        }
        return requests
    }

    /// One of a file; what it does not say the command line does.
    private init(
        _ entry: RotationsFile.Entry, _ place: ServiceConnectionOptions, _ azure: AzureCredentialOptions,
        _ admin: AdminOptions, _ usualGrace: TimeSpan, _ context: Context
    ) throws(ErrorReport) {
        var (place, azure, admin, grace) = (place, azure, admin, usualGrace)
        place.organization = entry.organization ?? place.organization
        place.project = entry.project ?? place.project
        place.serviceConnection = entry.serviceConnection
        if entry.patFile != nil || entry.patParameter != nil {
            (azure.patFile, azure.patParameter) = (entry.patFile, entry.patParameter)
        }
        admin.profile = entry.profile ?? admin.profile
        admin.region = entry.region ?? admin.region
        if let text = entry.grace {
            guard let span = TimeSpan(argument: text) else {
                throw ErrorReport(
                    .badInput, "\"grace\" is no time: \(ForeignText.clean(text, limit: 40))",
                    hints: ["such as 24h, 7d or 90m"])
            }
            grace = span
        }
        try self.init(
            userName: entry.userName, secretID: entry.secretId, place, azure, admin, grace: grace, context)
    }
}
