/// What Azure DevOps knows in a sandbox: one organisation, its projects, one job that runs, and the service connections.
package struct AzureWorld: Sendable {
    package var organization = "contoso"
    /// The GUID in the issuer.
    package var organizationID = "0ca3ddd9-f0b0-4635-a98c-5866526961b6"
    package var project = "Web Shop"
    package var projectID = "6f9e2f0a-6a2d-4a52-9b0c-0f6f4bb0a001"
    /// The organisation's projects besides the job's own.
    package var otherProjects = [
        Project(id: "6f9e2f0a-6a2d-4a52-9b0c-0f6f4bb0a002", name: "Other Project"),
        Project(id: "6f9e2f0a-6a2d-4a52-9b0c-0f6f4bb0a003", name: "Platform"),
    ]
    /// How many projects a page has at most, whatever the caller allows.
    package var projectPageSize = 100
    package var pipeline = "deploy"
    package var definitionID = 7
    package var buildID = 1042
    package var stage = "Production"
    package var job = "Publish"
    package var hub = "build"
    package var planID = "2b2f6a86-5b8e-4d6c-9f4e-0a4d2f5c0002"
    package var jobID = "12f1170f-54f2-53f3-20dd-22fc7dff55f9"
    package var repositoryID = "b7c1a6c0-7a3e-4f0e-8a51-7d6f6c1e0003"
    package var branch = "refs/heads/main"
    package var commit = "c0ffee0000000000000000000000000000000042"
    /// The tenant of Entra tokens.
    package var tenantID = "72f988bf-86f1-41af-91ab-2d7cd011db47"

    package var connections: [Connection] = []
    /// What the person behind the personal access token and the Entra ID token is to every connection.
    package var personRole = Role.administrator
    /// What the build identity, and so the job's access token, is to every connection.
    package var jobRole = Role.administrator
    /// The scopes of the personal access token, such as `vso.serviceendpoint_manage`; `nil` for full access.
    package var patScopes: Set<String>?
    /// How often a connection is read before an update of it is ready.
    package var readyAfterReads = 0
    /// Whether updates end as failed instead of ready. What was put is stored all the same.
    package var updateFails = false
    /// Whether a secret that an update gives as null stays as it was. The service's own pages do it with its help, and
    /// others found it reset, as it is here without this.
    package var keepsSecretsGivenAsNull = false
    /// What is said of usage limits; `nil` while nobody is near them.
    package var rateLimit: RateLimit?

    /// What tokens say, where they are not to be in order.
    package var token = TokenOptions()
    /// Whether `api-version=7.1` is refused and `7.1-preview.1` is asked for, as old servers do.
    package var wantsPreviewVersion = false
    /// The status of "There is no explicit reference to service connection …", which no source states.
    package var unreferencedStatus = 400

    package init() {}

    /// `p://ORGANIZATION/PROJECT/PIPELINE`.
    package var pipelineSubject: String { "p://\(organization)/\(project)/\(pipeline)" }

    /// `sc://ORGANIZATION/PROJECT/CONNECTION`.
    package func subject(of connection: Connection) -> String {
        let reference = subjectReference(of: connection)
        return "sc://\(organization)/\(reference.project ?? project)/\(reference.name)"
    }

    /// `https://vstoken.dev.azure.com/ORGANIZATION-ID`.
    package var issuer: String { "https://vstoken.dev.azure.com/\(organizationID)" }

    /// The issuer of Entra's tokens.
    package var entraIssuer: String { "https://login.microsoftonline.com/\(tenantID)/v2.0" }

    /// The audience of Azure DevOps' own tokens; it cannot be changed.
    package static let audience = "api://AzureADTokenExchange"
    /// The audience of Entra's tokens, and the application they are for (`azp`).
    package static let entraAudience = "fb60f99c-7a34-4190-8149-302f77469936"
    package static let entraParty = "499b84ac-1321-427f-aa17-267ca6975798"
}
