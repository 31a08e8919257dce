import AzureDevOps
import Domain

/// Where a run's OIDC token comes from, by flags and environment. Nothing of it is secret.
enum TokenPlace: Sendable {
    /// The agent's service, asked anew for each token.
    case agent(OIDCTokenEndpoint, connection: ServiceConnectionID?)
    /// A file that something else keeps fresh, read anew for each token.
    case file(path: String)

    /// - Throws: ``ErrorReport`` naming what is not configured.
    init(_ options: TokenOptions, _ context: Context) throws(ErrorReport) {
        // Whoever names a connection wants its token, whatever else finds a file named there: AWS's container services
        // set that variable in everything they run.
        let connection = options.serviceConnection ?? context.variable("KEYLESS_SERVICE_CONNECTION")
        if let path = options.webIdentityTokenFile {
            self = .file(path: path)
        } else if connection == nil, let path = context.variable("AWS_WEB_IDENTITY_TOKEN_FILE") {
            self = .file(path: path)
        } else {
            var id: ServiceConnectionID?
            if let connection {
                guard let known = ServiceConnectionID(connection) else { throw .connectionIsNotAnID(connection) }
                id = known
            }
            self = .agent(try Self.endpoint(context), connection: id)
        }
    }

    /// The agent, for the tokens of a service connection.
    ///
    /// - Throws: ``ErrorReport`` naming what is not configured.
    init(of connection: ServiceConnectionID, _ context: Context) throws(ErrorReport) {
        self = .agent(try Self.endpoint(context), connection: connection)
    }

    private static func endpoint(_ context: Context) throws(ErrorReport) -> OIDCTokenEndpoint {
        do throws(OIDCTokenEndpoint.Failure) {
            return try OIDCTokenEndpoint(AgentEnvironment(context.environment))
        } catch {
            throw ErrorReport(error)
        }
    }

    /// Whether the token must be a service connection's.
    var asksForConnection: Bool {
        if case .agent(_, .some) = self { true } else { false }
    }

    /// What tells it from other places.
    var identity: [String] {
        switch self {
        case .agent(let endpoint, let connection): ["agent", endpoint.address, connection?.text ?? ""]
        case .file(let path): ["file", FileSystem.absolute(path)]
        }
    }
}
