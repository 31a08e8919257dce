package import Domain
import FoundationEssentials

/// Asks Azure DevOps about an organisation.
///
/// Source: Azure DevOps REST API 7.1, "Location - Get Connection Data" and "Projects - Get".
package struct OrganizationClient: Sendable {
    private let api: OrganizationAPI

    /// - Parameters:
    ///   - organization: the organisation's address, such as `https://dev.azure.com/contoso`.
    ///   - retrier: makes the retrier of each call, which tries again what can pass.
    package init(http: any HTTPClient, organization: HTTPURL, retrier: @escaping @Sendable () -> Retrier) {
        api = OrganizationAPI(http: http, organization: organization, retrier: retrier)
    }

    /// The organisation's GUID.
    ///
    /// - Throws: ``OrganizationError``.
    package func organizationID(_ credential: AzureDevOpsCredential) async throws(OrganizationError) -> String {
        struct ConnectionData: Decodable { let instanceId: String }
        let url = api.url(["_apis", "connectionData"], [("api-version", "7.1-preview")])
        let response = try await api.get(url, credential)
        let data = response.body.withExposedBytes { try? JSONDecoder().decode(ConnectionData.self, from: Data($0)) }
        guard let data, GUID.isValid(data.instanceId) else { throw .malformedAnswer }
        return data.instanceId.lowercased()
    }

    /// Whether there is a project of that name that the credential may see.
    ///
    /// - Throws: ``OrganizationError``.
    package func hasProject(
        _ name: String, _ credential: AzureDevOpsCredential
    ) async throws(OrganizationError) -> Bool {
        do throws(OrganizationError) {
            let url = api.url(["_apis", "projects", name], [("api-version", "7.1")])
            _ = try await api.get(url, credential)
            return true
        } catch .notFound {
            return false
        }
    }

    /// The GUID of the Entra tenant the organisation belongs to, which it tells everybody; `nil` where it belongs to
    /// none or does not tell. One try.
    package func tenantID(limits: HTTPLimits) async -> String? {
        let url = api.url(["_apis", "connectionData"])
        let response = try? await api.http.send(HTTPRequest(.get, url, limits: limits))
        let tenant = response?.field("x-vss-resourcetenant")?.lowercased()
        return tenant.flatMap { GUID.isValid($0) && $0.contains { $0 != "0" && $0 != "-" } ? $0 : nil }
    }
}

/// A project of an organisation.
package struct Project: Sendable, Equatable {
    /// A GUID.
    package let id: String
    package let name: String

    package init(id: String, name: String) { (self.id, self.name) = (id, name) }
}
