import AzureDevOps
import Domain

/// Finds a service connection, and makes sure that it can be changed as it has to be.
struct ServiceConnectionSearch {
    let client: ServiceConnectionClient
    let organization: OrganizationAddress
    let project: String
    let network: Network

    /// The connection of type AWS with that name or GUID.
    ///
    /// - Throws: ``ErrorReport`` where there is none that can be changed, or it is of another type.
    func connection(_ name: String) async throws(ErrorReport) -> ServiceConnection {
        let shown = "\(ForeignText.clean(name, limit: 150)) in \(organization.name)/\(ForeignText.clean(project, limit: 80))"
        do throws(ServiceConnectionError) {
            guard let found = try await find(name) else {
                throw ServiceConnectionError.notFound
            }
            guard !found.isPartial else { throw ServiceConnectionError.forbidden(message: nil) }
            return found
        } catch .notFound {
            throw ErrorReport(
                .badInput, "there is no service connection \(shown) that the credential can see",
                hints: ["its name is that on Project settings > Service connections"])
        } catch {
            throw ErrorReport(error, doing: "the service connection \(shown) could not be read")
        }
    }
}
