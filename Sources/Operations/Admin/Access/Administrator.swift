import AWS
import Domain

/// Whoever sets up accounts: the admin's own credentials, and the way from there into other accounts.
struct Administrator: Sendable {
    /// An account, and credentials to work in it.
    struct Account: Sendable {
        /// Whose the credentials are, and so in which account.
        let identity: CallerIdentity
        let credentials: SessionCredentials

        var id: AccountID { identity.account }
        var partition: Partition { identity.partition }
        /// An ARN.
        var caller: String { identity.arn }
    }

    private let network: Network
    private let context: Context
    private let stsEndpoint: Endpoint
    private let clockSkew = ClockSkew()
    private let admin: AdminCredentials
    /// The admin's own account.
    let home: Account

    /// Finds out who the credentials are.
    ///
    /// - Throws: ``AWSError``, ``CredentialError``, ``ErrorReport``
    init(_ admin: AdminCredentials, over network: Network, _ context: Context) async throws {
        let (credentials, region) = (try await admin.current(), admin.region)
        stsEndpoint = try AWSEndpoint.resolve(.sts, region: region, partition: region?.partition ?? .aws, context)
        try network.trusted.check(stsEndpoint.url)
        let sts = STSClient(
            http: network.http, endpoint: stsEndpoint, time: network.time, retrier: network.retrier,
            clockSkew: clockSkew)
        home = Account(identity: try await sts.getCallerIdentity(credentials: credentials), credentials: credentials)
        (self.network, self.context, self.admin) = (network, context, admin)
    }

    /// Enters an account.
    ///
    /// - Parameter role: the name, with its path, of the role to assume there; `nil` in the own account.
    /// - Throws: ``AWSError``, ``CredentialError``, ``ErrorReport``
    func session(in account: MemberAccount, by role: String?, _ retrier: Retrier) async throws -> Account {
        // As they are now: among many accounts the work may outlast the first ones.
        let credentials = try await admin.current()
        guard let role, account.id != home.id else { return Account(identity: home.identity, credentials: credentials) }
        let path = role.hasPrefix("/") ? String(role.dropFirst()) : role
        guard let arn = try? RoleARN(ARN.iam(home.partition, account.id, "role/\(path)").text) else {
            throw ErrorReport(.usage, "--account-role is not a role's name: \(ForeignText.clean(role, limit: 100))")
        }
        let assumed = try await sts(retrier).assumeRole(
            AssumeRoleRequest(roleARN: arn, sessionName: SessionName.legalised("keyless-setup")),
            credentials: credentials, caller: home.caller)
        return Account(
            identity: CallerIdentity(account: account.id, arn: assumed.assumedRoleARN),
            credentials: assumed.credentials)
    }

    /// IAM of an account.
    ///
    /// - Throws: ``ErrorReport`` if the partition has no such endpoint.
    func iam(_ account: Account, _ retrier: Retrier) throws(ErrorReport) -> IAMClient {
        IAMClient(
            AWSSession(
                http: network.http, time: network.time, retrier: retrier, credentials: account.credentials,
                identity: account.identity),
            endpoint: try AWSEndpoint.resolve(.iam, partition: account.partition, context))
    }

    /// IAM of the own account, with the whole of `--timeout` for what it is asked next.
    ///
    /// - Throws: ``CredentialError``, ``ErrorReport`` if the partition has no such endpoint.
    func iam() async throws -> IAMClient { IAMClient(try await session(), endpoint: try endpoint(.iam)) }

    /// Secrets Manager of the own account, with the same.
    ///
    /// - Throws: ``CredentialError``, ``ErrorReport``.
    func secretsManager(in region: Region) async throws -> SecretsManagerClient {
        SecretsManagerClient(try await session(), endpoint: try endpoint(.secretsManager, in: region))
    }

    /// Systems Manager of the own account, with the same.
    ///
    /// - Throws: ``CredentialError``, ``ErrorReport``.
    func systemsManager(in region: Region) async throws -> SSMClient {
        SSMClient(try await session(), endpoint: try endpoint(.ssm, in: region))
    }

    /// AWS Organizations as the admin sees it, with the same.
    ///
    /// - Throws: ``CredentialError``, ``ErrorReport`` if the partition has no such endpoint.
    func organizations() async throws -> OrganizationsClient {
        OrganizationsClient(try await session(), endpoint: try endpoint(.organizations))
    }

    /// Asks STS, once, whose credentials these are.
    ///
    /// - Parameter patience: how long it may take.
    /// - Throws: ``AWSError``.
    func identity(
        of credentials: SessionCredentials, within patience: Duration
    ) async throws(AWSError) -> CallerIdentity {
        let retrier = Retrier(
            time: network.time, random: context.random, deadline: Deadline(in: patience, of: network.time))
        return try await sts(retrier).getCallerIdentity(credentials: credentials, isRepeated: false)
    }

    private func sts(_ retrier: Retrier) -> STSClient {
        STSClient(
            http: network.http, endpoint: stsEndpoint, time: network.time, retrier: retrier, clockSkew: clockSkew)
    }

    private func session() async throws(CredentialError) -> AWSSession {
        AWSSession(
            http: network.http, time: network.time, retrier: network.freshRetrier(),
            credentials: try await admin.current(), identity: home.identity)
    }

    private func endpoint(_ service: Service, in region: Region? = nil) throws(ErrorReport) -> Endpoint {
        try AWSEndpoint.resolve(service, region: region, partition: home.partition, context)
    }
}
