/// What Azure DevOps knows in a sandbox: one organisation, one job that runs, and its service connections.
package struct AzureWorld: Sendable {
    /// A service connection of the project.
    package struct Connection: Sendable {
        /// Which issuer answers for it.
        package enum Kind: Sendable {
            /// Azure DevOps itself, `sc://…`: connections of type AWS and generic ones.
            case generic
            /// Entra ID, `/eid1/…`: AzureRM connections with workload identity federation.
            case entra
        }

        package var id: String
        package var name: String
        /// The project it is of; the job's own without.
        package var project: String?
        package var kind = Kind.generic
        /// Whether the running job names it as an input of one of its tasks.
        package var isReferenced = true
    }

    package var organization = "contoso"
    /// The GUID in the issuer.
    package var organizationID = "0ca3ddd9-f0b0-4635-a98c-5866526961b6"
    package var project = "Web Shop"
    package var projectID = "6f9e2f0a-6a2d-4a52-9b0c-0f6f4bb0a001"
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

    package var connections = [
        Connection(id: "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0010", name: "aws-prod"),
        Connection(id: "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0011", name: "aws-forgotten", isReferenced: false),
        Connection(id: "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0012", name: "azure-prod", kind: .entra),
        Connection(id: "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0013", name: "aws-test"),
        Connection(id: "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0014", name: "aws-prod", project: "Other Project"),
    ]

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
        "sc://\(organization)/\(connection.project ?? project)/\(connection.name)"
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

extension AzureWorld {
    /// How tokens differ from proper ones. Everything that is `nil` or zero is in order.
    package struct TokenOptions: Sendable {
        /// From issue to expiry; below zero, the token has expired when it arrives.
        package var lifetime = Duration.seconds(300)
        /// From issue to the moment it begins to hold.
        package var notBefore = Duration.zero
        package var issuer: String?
        package var audience: String?
        package var subject: String?
        /// Whether the key that signs is none of the published ones, though it carries a published name.
        package var isForged = false
        /// More claims, or others than usual, by name.
        package var claims: [String: TokenClaim] = [:]

        package init() {}
    }
}
