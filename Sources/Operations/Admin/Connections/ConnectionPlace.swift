import AzureDevOps
import Domain

/// Which service connection is meant, as it was asked for.
package struct ConnectionSettings: Sendable {
    /// The NAME in `dev.azure.com/NAME`; `nil` for the pipeline's own, as is the project.
    package var organization: String?
    package var project: String?
    /// The connection's name or GUID.
    package var name: String?

    package init(organization: String? = nil, project: String? = nil, name: String? = nil) {
        (self.organization, self.project, self.name) = (organization, project, name)
    }
}

/// A service connection's place: the organisation, the project, and its name there.
struct ConnectionPlace: Sendable {
    let organization: OrganizationAddress
    let project: String
    /// The service connection's name or GUID.
    let name: String

    /// `aws-prod (contoso/Web Shop)`
    var title: String { "\(name) (\(organization.name)/\(project))" }

    /// - Parameter missing: what to say of an option that is missing and of what it would tell.
    /// - Throws: ``ErrorReport`` naming what is missing.
    init(
        _ settings: ConnectionSettings, _ context: Context, missing: (MissingPart) -> ErrorReport
    ) throws(ErrorReport) {
        guard let name = settings.name, !name.isEmpty else { throw missing(.name) }
        guard let organization = OrganizationAddress(settings.organization, context) else {
            throw missing(.organization)
        }
        guard let project = settings.project ?? context.variable("SYSTEM_TEAMPROJECT") else { throw missing(.project) }
        (self.name, self.organization, self.project) = (name, organization, project)
    }

    /// What neither an option nor the pipeline's environment says.
    enum MissingPart { case name, organization, project }

    /// Finds the connection there.
    func search(_ credential: AzureDevOpsCredential, over network: Network) -> ServiceConnectionSearch {
        ServiceConnectionSearch(organization, project: project, credential, over: network)
    }
}
