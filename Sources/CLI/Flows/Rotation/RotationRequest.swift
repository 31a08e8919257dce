import Domain
import FoundationEssentials

/// One rotation as it was asked for, every part of it checked before anybody is asked anything.
struct RotationRequest: Sendable {
    let userName: String
    let secretID: String
    let organization: OrganizationAddress
    let project: String
    /// The service connection's name or GUID.
    let connection: String
    let azure: AzureCredentialOptions
    let admin: AdminOptions
    /// In seconds.
    let grace: TimeInterval

    /// `ci-deploy → aws-prod (contoso/Web Shop)`
    var title: String { "\(userName) → \(connection) (\(organization.name)/\(project))" }

    /// - Throws: ``ErrorReport`` naming what is missing or wrong.
    init(
        userName: String?, secretID: String?, _ place: ServiceConnectionOptions, _ azure: AzureCredentialOptions,
        _ admin: AdminOptions, grace: TimeSpan, _ context: Context
    ) throws(ErrorReport) {
        guard let userName else { throw .missing("--user-name", "which IAM user the key is of") }
        guard let secretID else { throw .missing("--secret-id", "where in Secrets Manager the key is kept") }
        guard let connection = place.serviceConnection else {
            throw .missing("--service-connection", "which service connection the key is in")
        }
        guard let organization = OrganizationAddress(place.organization, context) else {
            throw .missing("--organization", "which Azure DevOps organisation it is in")
        }
        guard let project = place.project ?? context.variable("SYSTEM_TEAMPROJECT") else {
            throw .missing("--project", "which project it is in")
        }
        // IAM: CreateAccessKey, UserName.
        guard 1...128 ~= userName.count, userName.utf8.allSatisfy(Self.isUserNameCharacter) else {
            throw ErrorReport(
                .usage, "that is not the name of an IAM user: \(ForeignText.clean(userName, limit: 150))",
                hints: ["it is the name alone, not the ARN or the path"])
        }
        for (option, text) in [("--secret-id", secretID), ("--service-connection", connection), ("--project", project)]
        where text.isEmpty || text.count > 2048 || text.contains(where: \.isNewline) {
            throw ErrorReport(.usage, "\(option) is empty or too long")
        }
        (self.userName, self.secretID, self.connection, self.project) = (userName, secretID, connection, project)
        (self.organization, self.azure, self.admin) = (organization, azure, admin)
        self.grace = TimeInterval(grace.duration.milliseconds) / 1000
    }

    private static func isUserNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_+=,.@-".utf8.contains(byte)
        }
    }
}

extension ErrorReport {
    /// An option that a rotation cannot do without.
    fileprivate static func missing(_ option: String, _ what: String) -> ErrorReport {
        ErrorReport(
            .usage, "nobody said \(what): \(option) is missing",
            hints: [
                "keyless rotate --user-name ci-deploy --secret-id prod/ci-deploy --organization contoso "
                    + "--project 'Web Shop' --service-connection aws-prod --dry-run"
            ])
    }
}
