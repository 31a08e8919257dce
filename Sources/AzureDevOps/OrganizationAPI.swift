import Domain

/// An organisation's REST API: puts requests together, sends them, tries again what can
/// pass, and turns error answers into errors.
struct OrganizationAPI: Sendable {
    let http: any HTTPClient
    /// `https://dev.azure.com/contoso`, with or without a slash at the end.
    let organization: HTTPURL
    /// Makes the retrier of each request.
    let retrier: @Sendable () -> Retrier

    /// - Parameters:
    ///   - path: the parts of the path after the organisation, not yet encoded.
    ///   - query: the items of the query, not yet encoded.
    func url(_ path: [String], _ query: [(String, String)] = []) -> HTTPURL {
        let base = organization.path.hasSuffix("/") ? String(organization.path.dropLast()) : organization.path
        let url = organization.replacingPath(path.reduce(base) { "\($0)/\(PercentEncoding.encode($1))" })
        return query.reduce(url) { $0.addingQueryItem($1.0, $1.1) }
    }

    /// - Parameter bodyBytes: the largest answer accepted, when it may be larger than usual.
    func get(
        _ url: HTTPURL, _ credential: AzureDevOpsCredential, bodyBytes: Int? = nil
    ) async throws(OrganizationError) -> HTTPResponse {
        try await retrier().run { (limits) throws(OrganizationError) in
            var limits = limits
            if let bodyBytes { limits.bodyBytes = max(limits.bodyBytes, bodyBytes) }
            return try await send(.get, url, credential, limits: limits)
        }
    }

    /// - Parameter withheld: what is in the body and must not come back in an error.
    func put(
        _ url: HTTPURL, _ body: Secret, withholding withheld: [Secret], _ credential: AzureDevOpsCredential
    ) async throws(OrganizationError) -> HTTPResponse {
        try await retrier().run { (limits) throws(OrganizationError) in
            try await send(.put, url, credential, body: body, withholding: withheld, limits: limits)
        }
    }

    /// - Returns: an answer with status 200.
    private func send(
        _ method: HTTPRequest.Method, _ url: HTTPURL, _ credential: AzureDevOpsCredential, body: Secret = "",
        withholding withheld: [Secret] = [], limits: HTTPLimits
    ) async throws(OrganizationError) -> HTTPResponse {
        var fields = [
            HTTPField("Authorization", credential.authorization), HTTPField("Accept", "application/json"),
            // A wrong token is answered with 401 instead of a redirect to the sign-in page.
            HTTPField("X-TFS-FedAuthRedirect", "Suppress"),
        ]
        if !body.isEmpty { fields.append(HTTPField("Content-Type", "application/json")) }
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await http.send(HTTPRequest(method, url, fields: fields, body: body, limits: limits))
        } catch {
            throw .transport(error)
        }
        guard response.status != 200 else { return response }
        throw Self.error(response, withholding: withheld + credential.secrets)
    }

    private static func error(_ response: HTTPResponse, withholding withheld: [Secret]) -> OrganizationError {
        var message: String? { ErrorAnswer(response.body, withholding: withheld).message }
        // In seconds (Azure DevOps, "Rate and usage limits").
        let wait = response.field("retry-after").flatMap { UInt32($0) }.map { Duration.seconds($0) }
        switch response.status {
        case 203, 300..<400, 401: return .credentialRefused
        case 403: return .forbidden(message: message)
        case 404: return .notFound
        case 429: return .throttled(after: wait)
        case 408, 500...:
            return wait.map { .throttled(after: $0) } ?? .failed(status: response.status, message: message)
        default: return .failed(status: response.status, message: message)
        }
    }
}
