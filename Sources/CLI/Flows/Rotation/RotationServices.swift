import AWS
import AzureDevOps
import Domain

/// The three services between which a key is rotated, and the principals they are asked as.
struct RotationServices: Sendable {
    let administrator: Administrator
    /// Of the secret.
    let region: Region
    let connections: ServiceConnectionClient
    let network: Network
    let random: any RandomSource

    /// IAM, with the whole of `--timeout` for what it is asked next.
    ///
    /// - Throws: ``CredentialError``, ``ErrorReport``.
    func iam() async throws -> IAMClient {
        IAMClient(
            try await administrator.session(network.renewed().retrier), endpoint: try administrator.endpoint(.iam))
    }

    /// Secrets Manager, with the same.
    ///
    /// - Throws: ``CredentialError``, ``ErrorReport``.
    func secrets() async throws -> SecretsManagerClient {
        SecretsManagerClient(
            try await administrator.session(network.renewed().retrier),
            endpoint: try administrator.endpoint(.secretsManager, in: region))
    }

    /// As a policy names the secret: the six characters behind its name are known to Secrets Manager alone.
    func arn(ofSecret id: String) -> String {
        if id.hasPrefix("arn:") { return id }
        let home = administrator.home
        return "arn:\(home.partition):secretsmanager:\(region):\(home.id):secret:\(id)-??????"
    }

    /// Asks AWS, and names what was asked for where it fails.
    ///
    /// - Throws: ``AdminFailure``.
    func asking<Value: Sendable>(
        _ action: String, on resource: String, _ call: () async throws(AWSError) -> Value
    ) async throws(AdminFailure) -> Value {
        try await administrator.asking(action, on: resource, call)
    }

    /// The same, where what is asked about may not be there.
    ///
    /// - Throws: `missing` then, otherwise ``AdminFailure``.
    func asking<Value: Sendable>(
        _ action: String, on resource: String, missing: ErrorReport, _ call: () async throws(AWSError) -> Value
    ) async throws -> Value {
        let result: Result<Value, AWSError>
        do throws(AWSError) { result = .success(try await call()) } catch { result = .failure(error) }
        switch result {
        case .success(let value): return value
        case .failure(.service(let fault)) where Self.missingCodes.contains(fault.code): throw missing
        case .failure(let error):
            throw AdminFailure(
                action: action, resource: resource, caller: administrator.home.caller, cause: error)
        }
    }

    /// What IAM and Secrets Manager call what is not there.
    private static let missingCodes: Set<String?> = ["NoSuchEntity", "ResourceNotFoundException"]

    /// The project's service connections.
    func search(for request: RotationRequest) -> ServiceConnectionSearch {
        ServiceConnectionSearch(
            client: connections, organization: request.organization, project: request.project, network: network)
    }
}
