import AWS
import AzureDevOps
import Domain

/// The three services between which a key is rotated, and the principals they are asked as.
struct RotationServices: Sendable {
    let administrator: Administrator
    /// Of the secret.
    let region: Region
    /// The project's service connections.
    let search: ServiceConnectionSearch
    let random: any RandomSource

    var time: any TimeSource { search.network.time }

    /// - Throws: ``ErrorReport``, ``CredentialError``, ``AWSError``.
    init(
        for request: RotationRequest, _ administrators: Administrators, _ network: Network, _ context: Context
    ) async throws {
        let (administrator, region) = try await administrators.administrator(request.admin)
        self.administrator = administrator
        self.region = try AWSEndpoint.region(of: request.secretID, else: region)
        search = request.place.search(
            try await administrators.credential(request.azure, as: request.admin), over: network)
        random = context.random
    }

    /// IAM, with the whole of `--timeout` for what it is asked next.
    ///
    /// - Throws: ``CredentialError``, ``ErrorReport``.
    func iam() async throws -> IAMClient { try await administrator.iam() }

    /// Secrets Manager, with the same.
    ///
    /// - Throws: ``CredentialError``, ``ErrorReport``.
    func secrets() async throws -> SecretsManagerClient { try await administrator.secretsManager(in: region) }
}

extension AWSError {
    /// Whether IAM or Secrets Manager says that what is asked about is not there.
    var isMissing: Bool { ["NoSuchEntity", "ResourceNotFoundException"].contains(code) }
}
