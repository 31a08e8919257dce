import AWS
import AzureDevOps
import Domain

/// The administrators that a run works as, each found once: many rotations mostly share one.
actor Administrators {
    private let network: Network
    private let context: Context
    private let console: Console
    private var found: [AdminSettings: Task<(Administrator, Region?), any Error>] = [:]

    init(_ network: Network, _ context: Context, _ console: Console) {
        (self.network, self.context, self.console) = (network, context, console)
    }

    /// Whoever AWS is asked as, and the region of the command.
    ///
    /// - Throws: ``ErrorReport``, ``CredentialError``, ``AWSError``.
    func administrator(_ settings: AdminSettings) async throws -> (Administrator, Region?) {
        if let known = found[settings] { return try await known.value }
        let (network, context, console) = (network, context, console)
        let task = Task {
            let credentials = try AdminCredentials(settings, context, network, console)
            return (try await Administrator(credentials, over: network.renewed(), context), credentials.region)
        }
        found[settings] = task
        return try await task.value
    }

    /// What Azure DevOps is asked with.
    ///
    /// - Throws: ``ErrorReport``, ``CredentialError``, ``AWSError``.
    func credential(
        _ settings: AzureCredentialSettings, as admin: AdminSettings
    ) async throws -> AzureDevOpsCredential {
        var parameter: Secret?
        if let name = settings.patParameter { parameter = try await self.parameter(name, as: admin) }
        return try AzureCredentialSource.credential(settings, parameter: parameter, context)
    }

    /// The value of a parameter of Systems Manager.
    ///
    /// - Throws: ``ErrorReport``, ``CredentialError``, ``AWSError``.
    func parameter(_ name: String, as admin: AdminSettings) async throws -> Secret {
        let (administrator, region) = try await administrator(admin)
        let place = try AWSEndpoint.region(of: name, else: region)
        let client = try await administrator.systemsManager(in: place)
        do throws(AWSError) {
            return try await client.parameter(name)
        } catch {
            guard error.code?.hasPrefix("Parameter") == true else { throw error }
            throw ErrorReport(
                .badInput, "there is no parameter \(ForeignText.clean(name, limit: 200)) in Systems Manager",
                hints: ["it is looked for in account \(administrator.home.id), region \(place)"])
        }
    }
}
