import AzureDevOps
import Domain
import FoundationEssentials

/// A migration as it was asked for, every part of it checked before anybody is asked anything.
struct MigrationRequest: Sendable {
    let organization: OrganizationAddress
    let project: String
    /// The service connection's name or GUID.
    let connection: String
    /// `nil` where the connection shall stay as it is.
    let role: RoleARN?
    let isRetiringKey: Bool
    /// In seconds.
    let grace: TimeInterval

    /// `aws-prod (contoso/Web Shop)`
    var title: String { "\(connection) (\(organization.name)/\(project))" }

    /// - Throws: ``ErrorReport`` naming what is missing or wrong.
    init(
        _ options: MigrationOptions, _ place: ServiceConnectionOptions, _ context: Context
    ) throws(ErrorReport) {
        guard let connection = place.serviceConnection, !connection.isEmpty else {
            throw .incomplete("which service connection is meant: --service-connection is missing")
        }
        (organization, project) = try Self.place(place, context)
        self.connection = connection
        guard options.roleArn != nil || options.retireKey || options.undo else {
            throw .incomplete(
                "what shall become of \(ForeignText.clean(connection, limit: 150)): --role-arn is missing")
        }
        do throws(ARNError) {
            role = try options.roleArn.map { (text) throws(ARNError) in try RoleARN(text) }
        } catch {
            throw ErrorReport(
                .usage, "--role-arn is not the ARN of a role: \(ForeignText.clean(options.roleArn ?? "", limit: 200))",
                hints: ["it looks like arn:aws:iam::111122223333:role/deploy"])
        }
        isRetiringKey = options.retireKey
        grace = TimeInterval(options.grace.duration.milliseconds) / 1000
    }

    /// Where the connection is.
    ///
    /// - Throws: ``ErrorReport``.
    private static func place(
        _ place: ServiceConnectionOptions, _ context: Context
    ) throws(ErrorReport) -> (OrganizationAddress, String) {
        guard let organization = OrganizationAddress(place.organization, context) else {
            throw .incomplete("in which Azure DevOps organisation: --organization is missing")
        }
        guard let project = place.project ?? context.variable("SYSTEM_TEAMPROJECT") else {
            throw .incomplete("in which project: --project is missing")
        }
        return (organization, project)
    }
}

extension ErrorReport {
    fileprivate static func incomplete(_ what: String) -> ErrorReport {
        ErrorReport(
            .usage, "nobody said \(what)",
            hints: [
                "keyless migrate --organization contoso --project 'Web Shop' --service-connection aws-prod "
                    + "--role-arn arn:aws:iam::111122223333:role/deploy --dry-run",
                "what there is: keyless migrate --list --organization contoso",
            ])
    }
}
