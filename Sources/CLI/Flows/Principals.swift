import AWS
import AzureDevOps
import Domain

/// As whom a command asks AWS and Azure DevOps. Many rotations mostly share both.
actor Principals {
    private let network: Network
    private let context: Context
    private let console: Console
    /// By profile and region.
    private var administrators: [String: Task<(Administrator, Region?), any Error>] = [:]

    init(_ network: Network, _ context: Context, _ console: Console) {
        (self.network, self.context, self.console) = (network, context, console)
    }

    /// The services for a rotation.
    ///
    /// - Throws: ``ErrorReport``, ``CredentialError``, ``AdminFailure``.
    func services(for request: RotationRequest) async throws -> RotationServices {
        let (administrator, region) = try await administrator(request.admin)
        let secretRegion = try Self.region(of: request.secretID, else: region)
        let credential = try await credential(request.azure, as: request.admin)
        return RotationServices(
            administrator: administrator, region: secretRegion,
            connections: ServiceConnectionClient(
                http: network.http, organization: request.organization.url, credential: credential),
            network: network, random: context.random)
    }

    /// What Azure DevOps is asked with.
    ///
    /// - Throws: ``ErrorReport``, ``CredentialError``, ``AdminFailure``.
    func credential(_ options: AzureCredentialOptions, as admin: AdminOptions) async throws -> AzureDevOpsCredential {
        var parameter: Secret?
        if let name = options.patParameter { parameter = try await self.parameter(name, as: admin) }
        return try AzureCredentialSource.credential(options, parameter: parameter, context)
    }

    /// The value of a parameter of Systems Manager.
    ///
    /// - Throws: ``ErrorReport``, ``CredentialError``, ``AdminFailure``.
    func parameter(_ name: String, as admin: AdminOptions) async throws -> Secret {
        let (administrator, region) = try await administrator(admin)
        let place = try Self.region(of: name, else: region)
        let client = SSMClient(
            try await administrator.session(network.renewed().retrier),
            endpoint: try administrator.endpoint(.ssm, in: place))
        do throws(AWSError) {
            return try await client.parameter(name)
        } catch .service(let fault) where fault.code?.hasPrefix("Parameter") == true {
            throw ErrorReport(
                .badInput, "there is no parameter \(ForeignText.clean(name, limit: 200)) in Systems Manager",
                hints: ["it is looked for in account \(administrator.home.id), region \(place)"])
        } catch {
            throw AdminFailure(
                action: "ssm:GetParameter", resource: Self.arn(ofParameter: name, in: place, administrator.home),
                caller: administrator.home.caller, cause: error)
        }
    }

    /// As a policy names the parameter: without a version or a label behind its name.
    private static func arn(ofParameter name: String, in region: Region, _ home: AccountSession) -> String {
        if name.hasPrefix("arn:") { return name }
        let plain = name.prefix { $0 != ":" }.drop { $0 == "/" }
        return "arn:\(home.partition):ssm:\(region):\(home.id):parameter/\(plain)"
    }

    /// Whoever AWS is asked as, and the region of the command.
    ///
    /// - Throws: ``ErrorReport``, ``CredentialError``, ``AdminFailure``.
    func administrator(_ options: AdminOptions) async throws -> (Administrator, Region?) {
        let key = "\(options.profile ?? "")\n\(options.region ?? "")"
        if let known = administrators[key] { return try await known.value }
        let (network, context, console) = (network, context, console)
        let task = Task {
            let credentials = try AdminCredentials(options, context, network, console)
            return (try await Administrator(credentials, over: network.renewed(), context), credentials.region)
        }
        administrators[key] = task
        return try await task.value
    }

    /// An ARN names its region; a name is looked for in that of the command.
    static func region(of name: String, else region: Region?) throws(ErrorReport) -> Region {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 5, parts[0] == "arn", let named = try? Region(String(parts[3])) { return named }
        guard let region else {
            throw ErrorReport(
                .missingConfiguration, "nobody said in which region \(ForeignText.clean(name, limit: 200)) is",
                hints: ["--region eu-central-1, or AWS_REGION, or the region of the profile"])
        }
        return region
    }
}
