package import Domain
import FoundationEssentials

/// Asks Azure DevOps for the job's OIDC token.
package struct OIDCTokenClient: Sendable {
    private static let apiVersion = "7.1"
    /// What Azure DevOps Server wants where it calls 7.1 a preview.
    private static let previewVersion = "7.1-preview.1"

    private let http: any HTTPClient

    package init(http: any HTTPClient) { self.http = http }

    /// One try. Asking again is harmless: every call makes a new token.
    ///
    /// - Parameters:
    ///   - connection: whose token it shall be; `nil` for the pipeline's own.
    ///   - accessToken: the job's access token.
    /// - Returns: the token, not looked at.
    /// - Throws: ``AzureDevOpsError``.
    package func requestToken(
        from endpoint: OIDCTokenEndpoint, serviceConnection connection: ServiceConnectionID?, accessToken: Secret,
        limits: HTTPLimits
    ) async throws(AzureDevOpsError) -> Secret {
        var refusal: ErrorAnswer?
        for version in [Self.apiVersion, Self.previewVersion] {
            let request = HTTPRequest(
                .post, endpoint.url(apiVersion: version, connection: connection),
                fields: [
                    HTTPField("Authorization", "Bearer \(accessToken)"),
                    HTTPField("Content-Type", "application/json"),
                    HTTPField("Accept", "application/json"),
                    // A wrong token is answered with 401 instead of a redirect to the sign-in page.
                    HTTPField("X-TFS-FedAuthRedirect", "Suppress"),
                ], limits: limits)
            let response: HTTPResponse
            do throws(HTTPError) {
                response = try await http.send(request)
            } catch {
                throw .transport(error)
            }
            if response.status == 200 { return try token(in: response) }
            let answer = ErrorAnswer(response.body, withholding: [accessToken])
            guard answer.typeKey == "VssInvalidPreviewVersionException" else {
                throw error(response, answer, connection: connection)
            }
            refusal = answer
        }
        throw .unexpected(status: 400, message: refusal?.message)
    }

    private func token(in response: HTTPResponse) throws(AzureDevOpsError) -> Secret {
        struct TaskHubOidcToken: Decodable { let oidcToken: Secret }
        let decoded = response.body.withExposedBytes { bytes in
            try? JSONDecoder().decode(TaskHubOidcToken.self, from: Data(bytes))
        }
        if let token = decoded?.oidcToken.trimmed(), !token.isEmpty { return token }
        if ErrorAnswer(response.body, withholding: []).isPage { throw .signInPage }
        throw .malformedAnswer(reason: response.body.isEmpty ? "it is empty" : "it has no oidcToken")
    }

    private func error(
        _ response: HTTPResponse, _ answer: ErrorAnswer, connection: ServiceConnectionID?
    ) -> AzureDevOpsError {
        // By what it says first: the status of these two is documented nowhere.
        if let connection, let message = answer.message {
            if message.contains("no explicit reference to service connection") {
                return .connectionNotReferenced(connection, place: Self.place(in: message))
            }
            if message.contains("No service connection found") { return .connectionUnknown(connection) }
        }
        switch response.status {
        case 203, 300..<400: return .signInPage
        case 401: return .accessTokenRefused(activityID: response.field("x-vss-e2eid"))
        case 403: return .forbidden(message: answer.message)
        case 404: return .notFound
        case 429: return .throttled(after: Self.retryAfter(response))
        case 408, 500...:
            if let wait = Self.retryAfter(response) { return .throttled(after: wait) }
            return .serviceFailed(status: response.status, message: answer.message)
        default: return .unexpected(status: response.status, message: answer.message)
        }
    }

    /// The stage and job of "… from current stage Deploy.Job1.__default."
    private static func place(in message: String) -> String? {
        guard let marker = message.firstRange(of: "from current stage ") else { return nil }
        let rest = message[marker.upperBound...]
        return String(rest.hasSuffix(".") ? rest.dropLast() : rest)
    }

    /// In seconds (Azure DevOps, "Rate and usage limits").
    private static func retryAfter(_ response: HTTPResponse) -> Duration? {
        response.field("retry-after").flatMap { UInt32($0) }.map { .seconds($0) }
    }
}
