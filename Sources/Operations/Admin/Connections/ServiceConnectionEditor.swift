import AzureDevOps
import Domain

/// Replaces a service connection by what it shall become, and sees that Azure DevOps has got there.
struct ServiceConnectionEditor: Sendable {
    let search: ServiceConnectionSearch

    /// - Returns: the connection as the service has it then; it may not be ready yet.
    /// - Throws: ``OrganizationError``.
    func put(_ update: ServiceConnectionUpdate) async throws(OrganizationError) -> ServiceConnection {
        try await search.client.update(update)
    }

    /// Reads the connection until it is ready.
    ///
    /// - Parameter isRight: whether it says what was put.
    /// - Throws: ``ErrorReport`` where it does not, or the service fails or takes too long.
    func awaitReady(
        _ id: ServiceConnectionID, isRight: (ServiceConnection) -> Bool
    ) async throws -> ServiceConnection {
        let time = search.network.time
        let deadline = search.network.freshRetrier().deadline
        var interval = Duration.milliseconds(100)
        while true {
            let connection = try await search.connection(id.text)
            let name = ForeignText.clean(connection.name, limit: 150)
            guard isRight(connection) else {
                throw ErrorReport(.unavailable, "the service connection \(name) does not say what was put into it")
            }
            switch connection.status {
            case .ready: return connection
            case .failed:
                throw ErrorReport(
                    .unavailable,
                    "Azure DevOps could not update the service connection \(name)"
                        + ErrorReport.words(of: connection.operationState?.message))
            case .inProgress: break
            }
            guard interval < deadline.remaining(of: time) else {
                throw ErrorReport(
                    .unavailable, "Azure DevOps does not get the service connection \(name) ready",
                    hints: ["give it longer with --timeout 5m"])
            }
            try await time.sleep(for: interval)
            interval = min(interval * 2, .seconds(2))
        }
    }
}
