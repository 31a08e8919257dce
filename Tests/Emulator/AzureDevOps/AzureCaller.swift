import Foundation

/// Who asks Azure DevOps, by the `Authorization` header.
struct AzureCaller {
    private enum Kind { case job, person }

    private let kind: Kind
    /// `nil` where everything is in scope.
    private let scopes: Set<String>?

    /// A personal access token goes as the password of Basic authentication, whoever the user; the others as they are,
    /// or the same way.
    ///
    /// - Returns: `nil` for a stranger.
    init?(_ request: ServerRequest, in world: AzureWorld, secrets: SecretMint) {
        let parts = (request.field("authorization") ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        var token = parts[1]
        let isBasic = parts[0].lowercased() == "basic"
        if isBasic {
            let text = Data(base64Encoded: parts[1]).map { String(decoding: $0, as: UTF8.self) } ?? ""
            guard let colon = text.firstIndex(of: ":") else { return nil }
            token = String(text[text.index(after: colon)...])
        } else if parts[0].lowercased() != "bearer" {
            return nil
        }
        switch token {
        case secrets.accessToken: (kind, scopes) = (.job, nil)
        case secrets.personalAccessToken where isBasic: (kind, scopes) = (.person, world.patScopes)
        case secrets.entraAccessToken where !isBasic: (kind, scopes) = (.person, nil)
        default: return nil
        }
    }

    /// Whether the token is good for a scope, by itself or by one that includes it.
    func has(scope: String) -> Bool {
        guard let scopes else { return true }
        return !scopes.isDisjoint(with: Self.including[scope] ?? [scope])
    }

    /// What the caller is to a connection.
    func role(for connection: AzureWorld.Connection, in world: AzureWorld) -> AzureWorld.Role {
        switch kind {
        case .job: connection.jobRole ?? world.jobRole
        case .person: world.personRole
        }
    }

    /// The scopes that include another.
    private static let including: [String: Set<String>] = [
        "vso.serviceendpoint": ["vso.serviceendpoint", "vso.serviceendpoint_query", "vso.serviceendpoint_manage"],
        "vso.project": ["vso.project", "vso.project_write", "vso.project_manage"],
    ]
}
