import AzureDevOps
import Domain

/// Looks whether the project that subjects are made of exists, if there is something to ask with. A trust policy that
/// names a project with a typing mistake lets nobody in, and says so to nobody.
enum ProjectCheck {
    static func findings(
        _ project: String?, of organization: OrganizationAddress?, _ context: Context, _ network: Network
    ) async -> [Finding] {
        guard let project, let organization, let credential = AzureDevOpsCredential(context.environment) else {
            return []
        }
        let client = OrganizationClient(
            http: network.http, organization: organization.url, retrier: { network.retrier })
        do throws(OrganizationError) {
            if try await client.hasProject(project, credential) { return [] }
        } catch {
            // A job's access token may well not be allowed to ask.
            return [
                Finding(
                    .projectUnverified, .note, project, "whether there is a project \(project) could not be found out",
                    evidence: [Fact("organization", organization.name)])
            ]
        }
        let name = ForeignText.clean(project, limit: 100)
        return [
            Finding(
                .projectMissing, .error, project,
                "there is no project \(name) in \(organization.name) that the credential can see",
                evidence: [Fact("organization", organization.name)], advice: ["--offline skips this check"])
        ]
    }
}
