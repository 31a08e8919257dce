import Domain

/// Where this job asks for its OIDC token.
///
/// Source: Azure DevOps REST API, "Distributed Task: Oidctoken - Create".
package struct OIDCTokenEndpoint: Sendable {
    /// Why there is none.
    package enum Failure: Error, Equatable, Sendable {
        /// No agent runs this process.
        case notInPipeline
        /// The agent's environment lacks this variable.
        case missing(String)
        /// The variable holds something that is no URL.
        case malformed(String, reason: String)
    }

    private let base: HTTPURL

    /// Takes `SYSTEM_OIDCREQUESTURI`, which agents set since 2024; without it, as in classic releases, the address is
    /// put together from its parts.
    ///
    /// - Throws: ``Failure``.
    package init(_ agent: AgentEnvironment) throws(Failure) {
        if let text = agent.variable("SYSTEM_OIDCREQUESTURI") {
            base = try Self.url(text, of: "SYSTEM_OIDCREQUESTURI")
            return
        }
        guard agent.isPipeline else { throw .notInPipeline }
        func part(_ name: String) throws(Failure) -> String {
            guard let value = agent.variable(name) else { throw .missing(name) }
            return PercentEncoding.encode(value)
        }
        let collection =
            agent.variable("SYSTEM_COLLECTIONURI") == nil
            ? "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI" : "SYSTEM_COLLECTIONURI"
        guard var root = agent.variable(collection) else { throw .missing("SYSTEM_OIDCREQUESTURI") }
        if !root.hasSuffix("/") { root += "/" }
        let path =
            try "\(part("SYSTEM_TEAMPROJECTID"))/_apis/distributedtask/hubs/\(part("SYSTEM_HOSTTYPE"))"
            + "/plans/\(part("SYSTEM_PLANID"))/jobs/\(part("SYSTEM_JOBID"))/oidctoken"
        base = try Self.url(root + path, of: collection)
    }

    /// The host that is asked, for messages.
    package var host: String { base.host }

    /// The whole address, which is another for each job.
    package var address: String { base.text }

    /// The URL to post to.
    func url(apiVersion: String, connection: ServiceConnectionID?) -> HTTPURL {
        let url = base.addingQueryItem("api-version", apiVersion)
        return connection.map { url.addingQueryItem("serviceConnectionId", $0.text) } ?? url
    }

    private static func url(_ text: String, of variable: String) throws(Failure) -> HTTPURL {
        do throws(HTTPURL.ParseError) {
            // A version or a connection that is in it already would be there twice.
            return try HTTPURL(text).removingQueryItems(["api-version", "serviceconnectionid"])
        } catch {
            throw .malformed(variable, reason: error.reason)
        }
    }
}
