import AzureDevOps
import Domain

/// Looks whether the project that subjects are made of exists, where there is something to ask with. A trust policy
/// that names a project with a typing mistake lets nobody in, and says so to nobody.
enum ProjectCheck {
    /// - Throws: ``ErrorReport`` where there is no such project.
    static func run(
        _ project: String?, of organization: String?, _ context: Context, _ network: Network, _ console: Console
    ) async throws(ErrorReport) {
        guard let project, let address = OrganizationAddress(organization, context),
            let credential = AzureDevOpsCredential(context.environment)
        else { return }
        let client = OrganizationClient(http: network.http, organization: address.url)
        do throws(OrganizationError) {
            let exists = try await network.retrier.run { (limits) throws(OrganizationError) in
                try await client.hasProject(project, credential, limits: limits)
            }
            guard !exists else { return }
        } catch {
            // It only confirms. A job's access token may well not be allowed to.
            console.detail("whether there is a project \(project) could not be found out")
            return
        }
        throw ErrorReport(
            .badInput,
            "there is no project \(ForeignText.clean(project, limit: 100)) in \(address.name) that the credential can see",
            hints: ["--offline skips this check"])
    }
}
