import AWS
import Domain

/// Whoever sets up accounts: the admin's own credentials, and the way from there into other accounts.
struct Administrator: Sendable {
    private let network: Network
    private let context: Context
    private let sts: STSClient
    private let admin: AdminCredentials
    /// The admin's own account.
    let home: AccountSession

    /// Finds out who the credentials are.
    ///
    /// - Throws: ``AdminFailure``, ``CredentialError``, ``ErrorReport``
    init(_ admin: AdminCredentials, over network: Network, _ context: Context) async throws {
        let (credentials, region) = (try await admin.current(), admin.region)
        let endpoint = try ServiceEndpoint.resolve(
            .sts, region: region, partition: region?.partition ?? .aws, context)
        try network.trusted.check(endpoint.url)
        let sts = STSClient(http: network.http, endpoint: endpoint, time: network.time)
        let identity: CallerIdentity
        do throws(AWSError) {
            identity = try await network.retrier.run { (limits) throws(AWSError) in
                try await sts.getCallerIdentity(credentials: credentials, limits: limits)
            }
        } catch {
            throw AdminFailure(
                action: "sts:GetCallerIdentity", resource: "*", caller: "these credentials", cause: error)
        }
        let partition = identity.arn.split(separator: ":").dropFirst().first.map(String.init) ?? "aws"
        home = AccountSession(
            id: identity.account, partition: partition, caller: identity.arn, credentials: credentials)
        (self.network, self.context, self.sts, self.admin) = (network, context, sts, admin)
    }

    /// Enters an account.
    ///
    /// - Parameter role: the name, with its path, of the role to assume there; `nil` in the own account.
    /// - Throws: ``AdminFailure``, ``ErrorReport``
    func session(in account: MemberAccount, by role: String?, _ retrier: Retrier) async throws -> AccountSession {
        // As they are now: among many accounts the work may outlast the first ones.
        let credentials = try await admin.current()
        guard let role, account.id != home.id else {
            return AccountSession(
                id: home.id, partition: home.partition, caller: home.caller, credentials: credentials)
        }
        let text =
            "arn:\(home.partition):iam::\(account.id):role/\(role.hasPrefix("/") ? String(role.dropFirst()) : role)"
        guard let arn = try? RoleARN(text) else {
            throw ErrorReport(.usage, "--account-role is not a role's name: \(ForeignText.clean(role, limit: 100))")
        }
        let request = AssumeRoleRequest(roleARN: arn, sessionName: SessionName.legalised("keyless-setup"))
        do throws(AWSError) {
            let assumed = try await retrier.run { (limits) throws(AWSError) in
                try await sts.assumeRole(request, credentials: credentials, limits: limits)
            }
            return AccountSession(
                id: account.id, partition: home.partition, caller: assumed.assumedRoleARN,
                credentials: assumed.credentials)
        } catch {
            throw AdminFailure(action: "sts:AssumeRole", resource: text, caller: home.caller, cause: error)
        }
    }

    /// IAM of an account.
    ///
    /// - Throws: ``ErrorReport`` where the partition has no such endpoint.
    func iam(_ session: AccountSession, _ retrier: Retrier) throws(ErrorReport) -> IAMClient {
        IAMClient(
            AWSSession(
                http: network.http, time: network.time, retrier: retrier, credentials: session.credentials),
            endpoint: try ServiceEndpoint.resolve(
                .iam, partition: Partition(rawValue: session.partition) ?? .aws, context))
    }

    /// The own account's session, for the clients of this administrator.
    ///
    /// - Throws: ``CredentialError``.
    func session(_ retrier: Retrier) async throws -> AWSSession {
        AWSSession(
            http: network.http, time: network.time, retrier: retrier, credentials: try await admin.current())
    }

    /// The endpoint of a service in a region of the own account's partition.
    ///
    /// - Throws: ``ErrorReport`` where the partition has no such endpoint.
    func endpoint(_ service: Service, in region: Region? = nil) throws(ErrorReport) -> Endpoint {
        try ServiceEndpoint.resolve(
            service, region: region, partition: Partition(rawValue: home.partition) ?? .aws, context)
    }

    /// The ARN of a user of the own account, as far as it is known without asking for the user's path.
    func arn(ofUser name: String) -> String { "arn:\(home.partition):iam::\(home.id):user/\(name)" }

    /// Asks AWS, and names what was asked for where it fails.
    ///
    /// - Throws: ``AdminFailure``.
    func asking<Value: Sendable>(
        _ action: String, on resource: String, _ call: () async throws(AWSError) -> Value
    ) async throws(AdminFailure) -> Value {
        do throws(AWSError) {
            return try await call()
        } catch {
            throw AdminFailure(action: action, resource: resource, caller: home.caller, cause: error)
        }
    }

    /// Asks STS once whose these credentials are.
    ///
    /// - Throws: ``AWSError``.
    func identity(of credentials: SessionCredentials, limits: HTTPLimits) async throws(AWSError) -> CallerIdentity {
        try await sts.getCallerIdentity(credentials: credentials, limits: limits)
    }

    /// AWS Organizations as the admin sees it, with the whole of `--timeout` for what it is asked next.
    ///
    /// - Throws: ``CredentialError``, ``ErrorReport`` where the partition has no such endpoint.
    func organizations() async throws -> OrganizationsClient {
        OrganizationsClient(
            AWSSession(
                http: network.http, time: network.time, retrier: network.renewed().retrier,
                credentials: try await admin.current()),
            endpoint: try ServiceEndpoint.resolve(
                .organizations, partition: Partition(rawValue: home.partition) ?? .aws, context))
    }
}
