package import AzureDevOps
import Domain
import LinuxSystem

/// Where this run's OIDC token comes from. Decided once, before anything is sent; when it fails there is no other source
/// to fall back to.
package enum TokenSource: Sendable {
    /// The agent's service, asked anew for each token. The access token is not needed before the first.
    case agent(OIDCTokenEndpoint, AgentEnvironment.AccessToken, connection: ServiceConnectionID?)
    /// A file that something else keeps fresh, read anew for each token.
    case file(path: String)

    /// The largest token file read; STS takes tokens of up to 20,000 characters.
    private static let largestFile = 64 * 1024

    /// - Throws: ``ErrorReport`` naming what is not configured.
    package init(_ settings: TokenSettings, _ context: Context) throws(ErrorReport) {
        // Whoever names a connection wants its token, whatever else finds a file named there: AWS's container services
        // set that variable in everything they run.
        let connection = settings.serviceConnection ?? context.variable("KEYLESS_SERVICE_CONNECTION")
        if let path = settings.webIdentityTokenFile {
            self = .file(path: path)
        } else if connection == nil, let path = context.variable("AWS_WEB_IDENTITY_TOKEN_FILE") {
            self = .file(path: path)
        } else {
            var id: ServiceConnectionID?
            if let connection {
                guard let known = ServiceConnectionID(connection) else { throw .connectionIsNotAnID(connection) }
                id = known
            }
            try self.init(agentFor: id, context)
        }
    }

    /// The agent, for the tokens of a service connection; `nil` for the pipeline's own.
    ///
    /// - Throws: ``ErrorReport`` naming what is not configured.
    init(agentFor connection: ServiceConnectionID?, _ context: Context) throws(ErrorReport) {
        let agent = AgentEnvironment(context.environment)
        do throws(OIDCTokenEndpoint.Failure) {
            self = .agent(try OIDCTokenEndpoint(agent), agent.accessToken, connection: connection)
        } catch {
            throw ErrorReport(error)
        }
    }

    /// - Throws: ``ErrorReport`` when the job's access token is needed and not mapped.
    package func checkAccess() throws(ErrorReport) { _ = try accessToken() }

    /// The job's access token; `nil` when none is needed.
    private func accessToken() throws(ErrorReport) -> Secret? {
        guard case .agent(_, let token, _) = self else { return nil }
        switch token {
        case .mapped(let token): return token
        case .notMapped: throw .accessTokenNotMapped
        case .literalMacro: throw .accessTokenIsLiteralMacro
        }
    }

    /// Whether the token must be a service connection's.
    var asksForConnection: Bool {
        if case .agent(_, _, .some) = self { true } else { false }
    }

    /// What tells it from other sources. Nothing of it is secret.
    var identity: [String] {
        switch self {
        case .agent(let endpoint, _, let connection): ["agent", endpoint.address, connection?.text ?? ""]
        case .file(let path): ["file", FileSystem.absolute(path)]
        }
    }

    /// Gets a token, retrying what can pass.
    ///
    /// - Throws: ``OIDCTokenError``, ``FileSystem/Failure``, or an ``ErrorReport`` when what came is not a token.
    func mint(_ network: Network, _ console: Console) async throws -> JSONWebToken {
        switch self {
        case .agent(let endpoint, _, let connection):
            console.detail("asking \(endpoint.host) for the job's token")
            let raw = try await OIDCTokenClient(http: network.http, retrier: network.retrier).requestToken(
                from: endpoint, serviceConnection: connection, accessToken: try accessToken() ?? "")
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
