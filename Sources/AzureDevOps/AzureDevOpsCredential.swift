package import Domain
import FoundationEssentials

/// What a caller proves itself with to Azure DevOps.
package enum AzureDevOpsCredential: Sendable {
    /// A personal access token.
    case personalAccessToken(Secret)
    /// A job's access token, or a token of Entra ID.
    case bearer(Secret)

    /// The one in the environment: `AZURE_DEVOPS_EXT_PAT`, the Azure CLI's name for it, then the job's access token.
    package init?(_ variables: [String: String]) {
        if let credential = variables["AZURE_DEVOPS_EXT_PAT"].flatMap({ Self(contents: Secret($0)) }) {
            self = credential
        } else if case .mapped(let token) = AgentEnvironment(variables).accessToken {
            self = .bearer(token)
        } else {
            return nil
        }
    }

    /// The one that a file, a parameter or a variable holds, with white space around it or without: a token of Entra
    /// ID, which is a JSON Web Token, or else a personal access token. `nil` where there is nothing.
    package init?(contents: Secret) {
        let token = contents.trimmed()
        guard !token.isEmpty else { return nil }
        self = (try? JSONWebToken(token)) == nil ? .personalAccessToken(token) : .bearer(token)
    }

    /// The value of the `Authorization` header.
    var authorization: Secret {
        switch self {
        case .personalAccessToken(let token): "Basic \(Self.encoded(token))"
        case .bearer(let token): "Bearer \(token)"
        }
    }

    /// What no error may carry: the token, and what of it is in the header.
    var secrets: [Secret] {
        switch self {
        case .personalAccessToken(let token): [token, Self.encoded(token)]
        case .bearer(let token): [token]
        }
    }

    /// As the password of nobody (RFC 7617 §2).
    private static func encoded(_ token: Secret) -> Secret {
        (":\(token)" as Secret).withExposedBytes { Secret(Data($0).base64EncodedString()) }
    }
}

/// Azure DevOps Services' own hosts.
package enum AzureDevOpsHosts {
    /// Whether the host, lower case, is `dev.azure.com` or `<organisation>.visualstudio.com`, as the organisations of
    /// before 2018 have it.
    package static func contains(_ host: String) -> Bool {
        host == "dev.azure.com" || host.hasSuffix(".visualstudio.com")
    }
}
