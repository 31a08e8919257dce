import AzureDevOps
import Domain

/// Where this run's OIDC token comes from, with what it takes to get it. Decided once, before anything is sent; when it
/// fails there is no other source to fall back to.
enum TokenSource: Sendable {
    /// The agent's service, asked anew for each token.
    case agent(OIDCTokenEndpoint, accessToken: Secret, connection: ServiceConnectionID?)
    /// A file that something else keeps fresh, read anew for each token.
    case file(path: String)

    /// The largest token file read; STS takes tokens of up to 20,000 characters.
    private static let largestFile = 64 * 1024

    /// - Throws: ``ErrorReport`` naming what is not configured.
    init(_ options: TokenOptions, _ context: Context) throws(ErrorReport) {
        try self.init(try TokenPlace(options, context), context)
    }

    /// The agent, for the tokens of a service connection.
    ///
    /// - Throws: ``ErrorReport`` naming what is not configured.
    init(of connection: ServiceConnectionID, _ context: Context) throws(ErrorReport) {
        try self.init(try TokenPlace(of: connection, context), context)
    }

    /// - Throws: ``ErrorReport`` where the job's access token is needed and not mapped.
    init(_ place: TokenPlace, _ context: Context) throws(ErrorReport) {
        switch place {
        case .file(let path): self = .file(path: path)
        case .agent(let endpoint, let connection):
            switch AgentEnvironment(context.environment).accessToken {
            case .mapped(let token): self = .agent(endpoint, accessToken: token, connection: connection)
            case .notMapped: throw .accessTokenNotMapped
            case .literalMacro: throw .accessTokenIsLiteralMacro
            }
        }
    }

    /// Gets a token, retrying what can pass.
    ///
    /// - Throws: ``AzureDevOpsError``, ``FileSystem/Failure``, or an ``ErrorReport`` where what came is not a token.
    func mint(_ network: Network, _ console: Console) async throws -> JSONWebToken {
        switch self {
        case .agent(let endpoint, let accessToken, let connection):
            console.detail("asking \(endpoint.host) for the job's token")
            let client = OIDCTokenClient(http: network.http)
            let raw = try await network.retrier.run { (limits) throws(AzureDevOpsError) in
                try await client.requestToken(
                    from: endpoint, serviceConnection: connection, accessToken: accessToken, limits: limits)
            }
            return try parse(raw, from: endpoint.host)
        case .file(let path):
            console.detail("reading the token from \(path)")
            guard let raw = try FileSystem.read(path, limit: Self.largestFile) else {
                throw FileSystem.Failure(action: "read", path: path, reason: "there is no such file")
            }
            return try parse(raw.trimmed(), from: path)
        }
    }

    private func parse(_ raw: Secret, from origin: String) throws(ErrorReport) -> JSONWebToken {
        do throws(JSONWebToken.ParseError) {
            return try JSONWebToken(raw)
        } catch {
            throw ErrorReport(.badInput, "what \(origin) gave is not a usable token: \(ErrorReport.words(for: error))")
        }
    }
}
