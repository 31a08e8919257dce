package import Domain
import FoundationEssentials

/// What a caller proves itself with to Azure DevOps.
package enum AzureDevOpsCredential: Sendable {
    /// A personal access token.
    case personalAccessToken(Secret)
    /// A job's access token, or a token of Entra ID.
    case bearer(Secret)

    /// The one in the environment: `AZURE_DEVOPS_EXT_PAT`, the Azure CLI's name for it, then the job's access token.
    /// Entra's tokens, which that variable may hold too, are JSON Web Tokens.
    package init?(_ variables: [String: String]) {
        let pat = variables["AZURE_DEVOPS_EXT_PAT"].map { Secret($0).trimmed() }
        if let pat, !pat.isEmpty {
            self = (try? JSONWebToken(pat)) == nil ? .personalAccessToken(pat) : .bearer(pat)
        } else if case .mapped(let token) = AgentEnvironment(variables).accessToken {
            self = .bearer(token)
        } else {
            return nil
        }
    }

    /// The value of the `Authorization` header.
    var authorization: Secret {
        switch self {
        case .personalAccessToken(let token):
            "Basic \((":\(token)" as Secret).withExposedBytes { Secret(Data($0).base64EncodedString()) })"
        case .bearer(let token): "Bearer \(token)"
        }
    }
}
