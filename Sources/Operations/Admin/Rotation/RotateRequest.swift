import Domain
import FoundationEssentials
import LinuxSystem

/// What `keyless rotate` is asked for.
package struct RotateRequest: Sendable {
    let rotations: [RotationRequest]
    let manner: RotationManner
    /// Who is told how it ends.
    let notification: NotificationSettings
    /// As whom parameters with addresses for notifications are read.
    let admin: AdminSettings
    let change: ChangeRequest
    let network: NetworkRequest

    /// - Throws: ``ErrorReport`` naming the option, or the line of the file.
    package init(
        _ settings: RotationSettings, manner: RotationManner, rotationsFile: String?,
        notification: NotificationSettings, change: ChangeRequest, network: NetworkRequest, _ context: Context
    ) throws(ErrorReport) {
        rotations =
            if let rotationsFile {
                try RotationRequest.all(in: rotationsFile, settings, context)
            } else {
                [try RotationRequest(settings, context)]
            }
        (self.manner, self.notification, admin) = (manner, notification, settings.admin)
        (self.change, self.network) = (change, network)
    }
}

/// How a rotation is gone about, the same for all of a run.
package struct RotationManner: Sendable {
    let goal: RotationRules.Goal
    /// In seconds.
    let leastAge: TimeInterval?
    let replacesInactive: Bool
    /// Whether the run stays until the old key may be deleted.
    let waits: Bool
    let propagation: KeyPropagation

    /// - Parameters:
    ///   - isRollback: whether the earlier key is put back.
    ///   - leastAge: only keys that are older are rotated.
    package init(
        isRollback: Bool, leastAge: Duration?, replacesInactive: Bool, waits: Bool, propagation: KeyPropagation
    ) {
        goal = isRollback ? .rollBack : .rotate
        self.leastAge = leastAge.map { TimeInterval($0.milliseconds) / 1000 }
        (self.replacesInactive, self.waits, self.propagation) = (replacesInactive, waits, propagation)
    }

    /// The rules of one rotation.
    func rules(grace: TimeInterval) -> RotationRules {
        RotationRules(goal: goal, grace: grace, leastAge: leastAge, replacesInactive: replacesInactive)
    }
}

/// One rotation as it was asked for: by options, or by an entry of a file.
package struct RotationSettings: Sendable {
    package var userName: String?
    /// The name or the ARN of the secret that keeps the key.
    package var secretID: String?
    package var place = ConnectionSettings()
    package var azure = AzureCredentialSettings()
    package var admin = AdminSettings()
    /// How long the old key stays, inactive, before it is deleted.
    package var grace = Duration.seconds(86_400)

    package init() {}
}

/// One rotation, every part of it checked before anybody is asked anything.
struct RotationRequest: Sendable {
    /// The largest file of rotations, in bytes.
    private static let largestFile = 4 << 20

    let userName: String
    let secretID: String
    let place: ConnectionPlace
    let azure: AzureCredentialSettings
    let admin: AdminSettings
    /// In seconds.
    let grace: TimeInterval

    /// The service connection's name or GUID.
    var connection: String { place.name }
    /// `ci-deploy → aws-prod (contoso/Web Shop)`
    var title: String { "\(userName) → \(place.title)" }

    /// - Throws: ``ErrorReport`` naming what is missing or wrong.
    init(_ settings: RotationSettings, _ context: Context) throws(ErrorReport) {
        guard let userName = settings.userName else {
            throw Self.missing("--user-name", "which IAM user the key is of")
        }
        guard let secretID = settings.secretID else {
            throw Self.missing("--secret-id", "where in Secrets Manager the key is kept")
        }
        place = try ConnectionPlace(settings.place, context) { part in
            switch part {
            case .name: Self.missing("--service-connection", "which service connection the key is in")
            case .organization: Self.missing("--organization", "which Azure DevOps organisation it is in")
            case .project: Self.missing("--project", "which project it is in")
            }
        }
        // IAM: CreateAccessKey, UserName.
        guard 1...128 ~= userName.count, userName.utf8.allSatisfy(SessionName.isLegal) else {
            throw ErrorReport(
                .usage, "that is not the name of an IAM user: \(ForeignText.clean(userName, limit: 150))",
                hints: ["it is the name alone, not the ARN or the path"])
        }
        let texts = [("--secret-id", secretID), ("--service-connection", place.name), ("--project", place.project)]
        for (option, text) in texts where text.isEmpty || text.count > 2048 || text.contains(where: \.isNewline) {
            throw ErrorReport(.usage, "\(option) is empty or too long")
        }
        (self.userName, self.secretID) = (userName, secretID)
        (azure, admin) = (settings.azure, settings.admin)
        try azure.check(context)
        _ = try AWSEndpoint.region(admin.region, context)
        grace = TimeInterval(settings.grace.milliseconds) / 1000
    }

    /// An option that a rotation cannot do without.
    private static func missing(_ option: String, _ what: String) -> ErrorReport {
        ErrorReport(
            .usage, "nobody said \(what): \(option) is missing",
            hints: [
                "keyless rotate --user-name ci-deploy --secret-id prod/ci-deploy --organization contoso "
                    + "--project 'Web Shop' --service-connection aws-prod --dry-run"
            ])
    }

    /// Those of a file. What an entry does not say the command line does.
    ///
    /// - Throws: ``ErrorReport`` naming the line.
    static func all(
        in path: String, _ common: RotationSettings, _ context: Context
    ) throws(ErrorReport) -> [RotationRequest] {
        let contents: Secret?
        do throws(FileSystem.Failure) { contents = try FileSystem.read(path, limit: largestFile) } catch {
            throw ErrorReport(error)
        }
        guard let contents else { throw ErrorReport(.badInput, "there is no file \(path)") }
        let defaults = RotationsFile.Defaults(
            organization: common.place.organization ?? OrganizationAddress(nil, context)?.name,
            project: common.place.project ?? context.variable("SYSTEM_TEAMPROJECT"), profile: common.admin.profile,
            region: common.admin.region)
        let entries: [RotationsFile.Entry]
        do throws(RotationsFile.Failure) {
            entries = try contents.withExposedBytes { (bytes) throws(RotationsFile.Failure) in
                try RotationsFile(bytes, defaults: defaults).entries
            }
        } catch {
            throw ErrorReport(error, of: path, .rotations)
        }
        return try entries.map { (entry) throws(ErrorReport) in
            do throws(ErrorReport) {
                return try RotationRequest(try common.overlaid(by: entry), context)
            } catch {
                throw ErrorReport(.badInput, "line \(entry.line) of \(path): \(error.message)", hints: error.hints)
            }
        }
    }
}

extension RotationSettings {
    /// These, and what an entry says otherwise.
    fileprivate func overlaid(by entry: RotationsFile.Entry) throws(ErrorReport) -> RotationSettings {
        var settings = self
        (settings.userName, settings.secretID) = (entry.userName, entry.secretId)
        settings.place = ConnectionSettings(
            organization: entry.organization ?? place.organization, project: entry.project ?? place.project,
            name: entry.serviceConnection)
        if entry.patFile != nil || entry.patParameter != nil {
            settings.azure = AzureCredentialSettings(patFile: entry.patFile, patParameter: entry.patParameter)
        }
        settings.admin = AdminSettings(profile: entry.profile ?? admin.profile, region: entry.region ?? admin.region)
        if let text = entry.grace {
            guard let span = TimeSpan(text) else {
                throw ErrorReport(
                    .badInput, "\"grace\" is no time: \(ForeignText.clean(text, limit: 40))",
                    hints: ["such as 24h, 7d or 90m"])
            }
            settings.grace = span.duration
        }
        return settings
    }
}
