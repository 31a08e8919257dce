import Domain
import LinuxSystem

extension NamedSessionRequest {
    /// The largest file of profiles, in bytes.
    private static let largestFile = 4 << 20

    /// What a file of profiles asks for, unchecked: names, places and settings.
    struct Entry {
        let name: String
        /// `line 3 of FILE`; `nil` on the command line.
        let place: String?
        let settings: SessionSettings

        /// - Throws: ``ErrorReport`` naming the place.
        func checked(_ context: Context) throws(ErrorReport) -> NamedSessionRequest {
            try NamedSessionRequest(name, place: place, settings, context)
        }
    }

    /// Those of a file. What an entry does not say the command line does.
    ///
    /// - Throws: ``ErrorReport`` naming the line.
    static func entries(in path: String, _ common: SessionSettings) throws(ErrorReport) -> [Entry] {
        guard common.roleARN == nil, common.chainRoleARNs.isEmpty, common.externalID == nil else {
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
        var found: [Entry] = []
        for entry in entries {
            let place = "line \(entry.line) of \(path)"
            if entry.serviceConnection != nil && entry.webIdentityTokenFile != nil {
                throw ErrorReport(
                    .badInput,
                    "profile \(entry.name), \(place): \"serviceConnection\" and \"webIdentityTokenFile\" exclude each other"
                )
            }
            found.append(Entry(name: entry.name, place: place, settings: common.overlaid(by: entry)))
        }
        return found
    }
}

extension SessionSettings {
    /// These, and what an entry says otherwise.
    fileprivate func overlaid(by entry: ProfilesFile.Entry) -> SessionSettings {
        var settings = self
        settings.roleARN = entry.roleArn
        settings.chainRoleARNs = entry.chainRoleArn
        settings.externalID = entry.externalId
        settings.sessionName = entry.sessionName ?? sessionName
        settings.duration = entry.duration ?? duration
        settings.region = entry.region ?? region
        settings.policyFile = entry.policy ?? policyFile
        settings.policyARNs = entry.policyArn ?? policyARNs
        settings.allowedAccounts = entry.allowedAccountId ?? allowedAccounts
        settings.verifies = entry.verify ?? verifies
        settings.rules = TokenRules(
            issuers: entry.issuer ?? rules.issuers, branches: entry.requireBranch ?? rules.branches,
            pipelines: entry.requirePipeline ?? rules.pipelines)
        if entry.serviceConnection != nil || entry.webIdentityTokenFile != nil {
            settings.token = TokenSettings(
                serviceConnection: entry.serviceConnection, webIdentityTokenFile: entry.webIdentityTokenFile)
        }
        return settings
    }
}
