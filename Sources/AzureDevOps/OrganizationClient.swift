package import Domain
import FoundationEssentials

/// Asks Azure DevOps about an organisation.
///
/// Source: Azure DevOps REST API 7.1, "Location - Get Connection Data" and "Projects - Get".
package struct OrganizationClient: Sendable {
    private let http: any HTTPClient
    /// `https://dev.azure.com/contoso`, without a slash at the end.
    private let organization: HTTPURL

    /// - Parameter organization: the organisation's address, such as `https://dev.azure.com/contoso`.
    package init(http: any HTTPClient, organization: HTTPURL) { (self.http, self.organization) = (http, organization) }

    /// The organisation's GUID. One try.
    ///
    /// - Throws: ``OrganizationError``.
    package func organizationID(
        _ credential: AzureDevOpsCredential, limits: HTTPLimits
    ) async throws(OrganizationError) -> String {
        struct ConnectionData: Decodable { let instanceId: String }
        let response = try await get(
            "/_apis/connectionData", apiVersion: "7.1-preview", credential: credential, limits: limits)
        let data = response.body.withExposedBytes { try? JSONDecoder().decode(ConnectionData.self, from: Data($0)) }
        guard let data, GUID.isValid(data.instanceId) else { throw .malformedAnswer }
        return data.instanceId.lowercased()
    }

    /// Whether there is a project of that name that the credential may see. One try.
    ///
    /// - Throws: ``OrganizationError``.
    package func hasProject(
        _ name: String, _ credential: AzureDevOpsCredential, limits: HTTPLimits
    ) async throws(OrganizationError) -> Bool {
        do throws(OrganizationError) {
            _ = try await get(
                "/_apis/projects/\(PercentEncoding.encode(name))", apiVersion: "7.1", credential: credential,
                limits: limits)
            return true
        } catch .notFound {
            return false
        }
    }

    /// The GUID of the Entra tenant the organisation belongs to, which it tells everybody; `nil` where it belongs to
    /// none or does not tell.
    package func tenantID(limits: HTTPLimits) async -> String? {
        let url = organization.replacingPath(path("/_apis/connectionData"))
        let response = try? await http.send(HTTPRequest(.get, url, limits: limits))
        let tenant = response?.field("x-vss-resourcetenant")?.lowercased()
        return tenant.flatMap { GUID.isValid($0) && $0.contains { $0 != "0" && $0 != "-" } ? $0 : nil }
    }

    private func path(_ end: String) -> String {
        (organization.path.hasSuffix("/") ? String(organization.path.dropLast()) : organization.path) + end
    }

    private func get(
        _ end: String, apiVersion: String, credential: AzureDevOpsCredential, limits: HTTPLimits
    ) async throws(OrganizationError) -> HTTPResponse {
        let request = HTTPRequest(
            .get, organization.replacingPath(path(end)).addingQueryItem("api-version", apiVersion),
            fields: [
                HTTPField("Authorization", credential.authorization), HTTPField("Accept", "application/json"),
                // A wrong token is answered with 401 instead of a redirect to the sign-in page.
                HTTPField("X-TFS-FedAuthRedirect", "Suppress"),
            ], limits: limits)
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await http.send(request)
        } catch {
            throw .transport(error)
        }
        switch response.status {
        case 200: return response
        case 203, 300..<400, 401: throw .credentialRefused
        case 403: throw .forbidden
        case 404: throw .notFound
        case 429: throw .throttled(after: response.field("retry-after").flatMap { UInt32($0) }.map { .seconds($0) })
        default: throw .failed(status: response.status)
        }
    }
}
