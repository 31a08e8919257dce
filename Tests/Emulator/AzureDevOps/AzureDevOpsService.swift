import Domain
import Foundation

/// Azure DevOps as a job sees it, by its `oidctoken` endpoint and the discovery of its issuer, and as an administrator
/// does, by the organisation's connection data, its projects and its service connections.
///
/// Everything is checked, in the order in which the real service does: the token, the method, the framing, the
/// version, the body, the connection.
package final class AzureDevOpsService: Sendable {
    private let world: Shared<AzureWorld>
    private let secrets: SecretMint
    private let time: any TimeSource
    private let administration: AzureAdministration
    /// Entra's tokens by connection: they are served again until they expire.
    private let entraTokens = Shared<[String: (token: String, issued: Date)]>([:])

    init(world: Shared<AzureWorld>, secrets: SecretMint, time: any TimeSource) {
        (self.world, self.secrets, self.time) = (world, secrets, time)
        administration = AzureAdministration(world: world, secrets: secrets)
    }

    /// All operations there are, the sign-in page apart.
    package static let operations =
        ["oidctoken", "discovery", "jwks"] + administrativeOperations
    /// Those that take a personal access token.
    static let administrativeOperations = [
        "connectionData", "project", "projects", "serviceendpoint-get", "serviceendpoint-list", "serviceendpoint-put",
    ]

    /// Whether an operation of that name changes something.
    static func isWrite(_ operation: String) -> Bool { operation == "serviceendpoint-put" }

    /// One of ``operations``, `signin`, or `unknown`.
    static func operation(of request: ServerRequest) -> String {
        let path = request.path
        if path.hasSuffix("/oidctoken") { return "oidctoken" }
        if path.hasSuffix("/.well-known/openid-configuration") { return "discovery" }
        if path == "/.well-known/jwks" || path.hasSuffix("/discovery/v2.0/keys") { return "jwks" }
        if path.hasPrefix("/_signin") { return "signin" }
        return administrativeOperation(path.lowercased().split(separator: "/").map(String.init))
    }

    /// - Parameter parts: of the path, in lower case: an organisation's or a project's, then `_apis`.
    private static func administrativeOperation(_ parts: [String]) -> String {
        guard let start = parts.firstIndex(of: "_apis"), start == 1 || start == 2 else { return "unknown" }
        let rest = Array(parts[(start + 1)...])
        switch (start, rest.first, rest.count) {
        case (1, "connectiondata", 1): return "connectionData"
        case (1, "projects", 1): return "projects"
        case (1, "projects", 2): return "project"
        case (_, "serviceendpoint", 2...3) where rest[1] == "endpoints":
            if start == 1 { return rest.count == 3 ? "serviceendpoint-put" : "unknown" }
            return rest.count == 3 ? "serviceendpoint-get" : "serviceendpoint-list"
        default: return "unknown"
        }
    }

    func answer(_ request: ServerRequest) -> ServerAnswer {
        do {
            let operation = Self.operation(of: request)
            let answer =
                switch operation {
                case "oidctoken": try token(request)
                case "discovery": discovery(request)
                case "jwks": ServerAnswer(status: 200, type: "application/json", try TokenIssuer.keySet())
                case _ where Self.administrativeOperations.contains(operation):
                    administration.answer(request, operation: operation)
                case "signin": TokenFailure.signInPage.answer
                default: AzureErrors.html(404, title: "The resource cannot be found.")
                }
            return answer.adding("X-VSS-E2EID", UUID().uuidString.lowercased()).adding(
                "X-MSEdge-Ref", "Ref A: 0 Ref B: 0")
        } catch {
            return TokenFailure.serverError.answer
        }
    }

    private func token(_ request: ServerRequest) throws -> ServerAnswer {
        let world = world.value
        if let refusal = authorization(request) ?? framing(request, in: world) { return refusal }
        let asked = request.queryItems.first { $0.name.lowercased() == "serviceconnectionid" }?.value
        let token: String
        // A name instead of a GUID is no error: the pipeline's own token comes back.
        if let asked, UUID(uuidString: asked) != nil {
            guard let connection = world.connections.first(where: { $0.id.lowercased() == asked.lowercased() }) else {
                return TokenFailure.unknown(asked)
            }
            guard connection.isReferenced else {
                return TokenFailure.unreferenced(
                    asked, by: "\(world.stage).\(world.job)", status: world.unreferencedStatus)
            }
            token = try self.token(of: connection, in: world)
        } else {
            token = try JobTokens(world: world, now: time.now()).pipeline()
        }
        secrets.remember(token)
        return AzureErrors.json(200, ["oidcToken": token])
    }

    private func token(of connection: AzureWorld.Connection, in world: AzureWorld) throws -> String {
        let now = time.now()
        if connection.kind == .entra, let cached = entraTokens.value[connection.id],
            now.timeIntervalSince(cached.issued) < 86_400 - 300
        {
            return cached.token
        }
        let token = try JobTokens(world: world, now: now).connection(connection)
        if connection.kind == .entra { entraTokens.change { $0[connection.id] = (token, now) } }
        return token
    }

    /// The answer to whoever may not ask; `nil` for the job.
    private func authorization(_ request: ServerRequest) -> ServerAnswer? {
        if request.field("authorization") == "Bearer \(secrets.accessToken)" { return nil }
        let suppresses = request.field("x-tfs-fedauthredirect")?.lowercased() == "suppress"
        return suppresses ? TokenFailure.unauthorized.answer : TokenFailure.signInRedirect.answer
    }

    /// The answer to a request that is wrong in itself; `nil` for a right one.
    private func framing(_ request: ServerRequest, in world: AzureWorld) -> ServerAnswer? {
        let path =
            "/\(world.organization)/\(world.projectID)/_apis/distributedtask/hubs/\(world.hub)/plans/"
            + "\(world.planID)/jobs/\(world.jobID)/oidctoken"
        guard request.path.lowercased() == path.lowercased() else { return TokenFailure.notFound.answer }
        guard request.method == "POST" else { return TokenFailure.notAllowed(request.method) }
        guard request.field("content-length") != nil || request.field("transfer-encoding") != nil else {
            return AzureErrors.html(411, title: "Length Required")
        }
        return AzureVersion.refusal(of: request, isPreview: world.wantsPreviewVersion) ?? body(request)
    }

    /// Nothing, or a JSON object, by the name of JSON.
    private func body(_ request: ServerRequest) -> ServerAnswer? {
        let type = request.field("content-type")?.prefix { $0 != ";" }.lowercased()
        let isJSON = type?.filter { $0 != " " } == "application/json"
        if request.body.isEmpty {
            if type == nil || isJSON { return nil }
        } else if isJSON {
            if (try? JSONSerialization.jsonObject(with: Data(request.body))) is [String: Any] { return nil }
            return AzureErrors.wrapped(
                400, "The body is not a dictionary of claims.", type: "VssPropertyValidationException")
        }
        return AzureErrors.improper(
            415, "The request entity's media type '\(type ?? "")' is not supported for this resource.")
    }

    private func discovery(_ request: ServerRequest) -> ServerAnswer {
        struct Discovery: Encodable {
            let issuer, jwks_uri: String
            let subject_types_supported = ["public", "pairwise"]
            let response_types_supported = ["id_token"]
            let claims_supported = ["sub", "aud", "exp", "iat", "iss", "nbf"]
            let id_token_signing_alg_values_supported = ["RS256"]
            let scopes_supported = ["openid"]
        }
        let world = world.value
        guard request.method == "GET" else { return AzureErrors.improper(405, "Use GET.") }
        // Both services as one: their paths are never the same.
        switch request.path.lowercased() {
        case "/\(world.organizationID)/.well-known/openid-configuration":
            return AzureErrors.json(
                200, Discovery(issuer: world.issuer, jwks_uri: "https://vstoken.dev.azure.com/.well-known/jwks"))
        case "/\(world.tenantID)/v2.0/.well-known/openid-configuration":
            let keys = "https://login.microsoftonline.com/\(world.tenantID)/discovery/v2.0/keys"
            return AzureErrors.json(200, Discovery(issuer: world.entraIssuer, jwks_uri: keys))
        default: return AzureErrors.html(404, title: "The resource cannot be found.")
        }
    }
}
