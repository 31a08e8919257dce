package import Domain
import FoundationEssentials

/// Asks Azure DevOps for the job's OIDC token.
package struct OIDCTokenClient: Sendable {
    private static let apiVersion = "7.1"
    /// What Azure DevOps Server wants where it calls 7.1 a preview.
    private static let previewVersion = "7.1-preview.1"

    private let http: any HTTPClient
    private let retrier: Retrier

    /// - Parameter retrier: tries again what can pass. Asking again is harmless: every call makes a new token.
    package init(http: any HTTPClient, retrier: Retrier) { (self.http, self.retrier) = (http, retrier) }

    /// A new token.
    ///
    /// - Parameters:
    ///   - connection: whose token it shall be; `nil` for the pipeline's own.
    ///   - accessToken: the job's access token.
    /// - Returns: the token, not looked at.
    /// - Throws: ``OIDCTokenError``.
    package func requestToken(
        from endpoint: OIDCTokenEndpoint, serviceConnection connection: ServiceConnectionID?, accessToken: Secret
    ) async throws(OIDCTokenError) -> Secret {
        try await retrier.run { (limits) throws(OIDCTokenError) in
            try await request(endpoint, connection, accessToken, limits)
        }
    }

    private func request(
        _ endpoint: OIDCTokenEndpoint, _ connection: ServiceConnectionID?, _ accessToken: Secret, _ limits: HTTPLimits
    ) async throws(OIDCTokenError) -> Secret {
        var response = try await post(
            endpoint.url(apiVersion: Self.apiVersion, connection: connection), accessToken, limits)
        if let token = Self.token(in: response) { return token }
        var answer = ErrorAnswer(response.body, withholding: [accessToken])
        if answer.typeKey == "VssInvalidPreviewVersionException" {
            let url = endpoint.url(apiVersion: Self.previewVersion, connection: connection)
            response = try await post(url, accessToken, limits)
            if let token = Self.token(in: response) { return token }
            answer = ErrorAnswer(response.body, withholding: [accessToken])
        }
        throw Self.error(response, answer, connection: connection)
    }

    private func post(
        _ url: HTTPURL, _ accessToken: Secret, _ limits: HTTPLimits
    ) async throws(OIDCTokenError) -> HTTPResponse {
        let request = HTTPRequest(
            .post, url,
            fields: [
                HTTPField("Authorization", "Bearer \(accessToken)"),
                HTTPField("Content-Type", "application/json"),
                HTTPField("Accept", "application/json"),
                // A wrong token is answered with 401 instead of a redirect to the sign-in page.
                HTTPField("X-TFS-FedAuthRedirect", "Suppress"),
            ], limits: limits)
        do throws(HTTPError) {
            return try await http.send(request)
        } catch {
            throw .transport(error)
        }
    }

    private static func token(in response: HTTPResponse) -> Secret? {
        struct TaskHubOidcToken: Decodable { let oidcToken: Secret }
        guard response.status == 200 else { return nil }
        let decoded = response.body.withExposedBytes { bytes in
            try? JSONDecoder().decode(TaskHubOidcToken.self, from: Data(bytes))
        }
        return decoded.map { $0.oidcToken.trimmed() }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func error(
        _ response: HTTPResponse, _ answer: ErrorAnswer, connection: ServiceConnectionID?
    ) -> OIDCTokenError {
        // By what it says first: the status of these two is documented nowhere.
        if let connection, let message = answer.message {
            if message.contains("no explicit reference to service connection") {
                return .connectionNotReferenced(connection, place: place(in: message))
            }
            if message.contains("No service connection found") { return .connectionUnknown(connection) }
        }
        switch response.status {
        case 203, 300..<400: return .signInPage
        case 200..<300 where answer.isPage: return .signInPage
        case 200..<300: return .malformedAnswer(reason: response.body.isEmpty ? "it is empty" : "it has no oidcToken")
        case 401: return .accessTokenRefused(activityID: activityID(response))
        case 403: return .forbidden(message: answer.message)
        case 404 where answer.message == nil: return .notFound
        case 429: return .throttled(after: retryAfter(response))
        case 408, 500...:
            if let wait = retryAfter(response) { return .throttled(after: wait) }
            return .serviceFailed(status: response.status, message: answer.message)
        default: return .unexpected(status: response.status, message: answer.message)
        }
    }

    /// What Microsoft's support asks for; a GUID, and nothing else is taken for one.
    private static func activityID(_ response: HTTPResponse) -> String? {
        response.field("x-vss-e2eid").flatMap { GUID.isValid($0) ? $0 : nil }
    }

    /// The stage and job of "… from current stage Deploy.Job1.__default."
    private static func place(in message: String) -> String? {
        guard let marker = message.firstRange(of: "from current stage ") else { return nil }
        let rest = message[marker.upperBound...].prefix { !$0.isWhitespace }
        return String(rest.hasSuffix(".") ? rest.dropLast() : rest)
    }

    /// In seconds (Azure DevOps, "Rate and usage limits").
    private static func retryAfter(_ response: HTTPResponse) -> Duration? {
        response.field("retry-after").flatMap { UInt32($0) }.map { .seconds($0) }
    }
}
