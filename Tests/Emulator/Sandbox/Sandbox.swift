/// Azure DevOps and AWS (STS, IAM, Organizations, Secrets Manager, Systems Manager) as a job and an administrator see
/// them, and a place for notifications, on the loopback interface of this machine.
///
/// The default world: organisation `contoso`, project `Web Shop`, pipeline `deploy`, service connections `aws-prod`,
/// which holds the key of the IAM user `ci-deploy`, and others; the AWS accounts 111122223333 and 444455556666 with the roles of ``RoleARN``. All of it can be changed meanwhile.
package final class Sandbox: Sendable {
    /// The roles there are at first.
    package enum RoleARN {
        /// Trusts the pipeline and the connection `aws-prod`; sessions of up to 12 hours.
        package static let deploy = "arn:aws:iam::111122223333:role/deploy"
        /// The same trust; sessions of up to one hour.
        package static let readOnly = "arn:aws:iam::111122223333:role/read-only"
        /// In another account; trusts ``deploy`` where the external id ``Sandbox/externalID`` is given.
        package static let chained = "arn:aws:iam::444455556666:role/chained"
        /// Trusts another project.
        package static let stranger = "arn:aws:iam::111122223333:role/stranger"
        /// Trusts the connection `azure-prod`, whose tokens Entra ID issues.
        package static let entra = "arn:aws:iam::111122223333:role/entra"
    }

    /// The external id that the role `chained` wants.
    package static let externalID = "web-shop:4711"
    /// The service connection `aws-prod`.
    package static let connectionID = "5d1c7a54-0f5b-4f6e-8a94-3f5b0e6c0010"

    /// The hosts of issuers, and Azure DevOps's own, that a proxy can lead to the sandbox's Azure DevOps.
    package static let proxiedHosts = ["vstoken.dev.azure.com", "login.microsoftonline.com", "dev.azure.com"]

    /// How a sandbox is made.
    package struct Options: Sendable {
        /// Plain http instead of TLS.
        package var isPlainHTTP = false
        /// Whether secret values hold characters that need quoting everywhere.
        package var hasNastyValues = false
        /// The round trip time to both services; none for as fast as it goes.
        package var roundTripTime = Duration.zero
        /// The time that every answer takes, besides the way.
        package var latency = Duration.zero
        /// What the services' certificates are like.
        package var certificate = Authority.Kind.trusted
        /// DNS names the certificates are good for besides the loopback ones.
        package var extraNames: [String] = []
        /// Whether a proxy, which the job's environment names, leads the hosts of ``Sandbox/proxiedHosts`` here.
        package var hasIssuerProxy = false
        /// Whether the key of every AWS connection is used all the time, see ``Sandbox/connectionUse``.
        package var usesConnections = false
        /// Told of every request when it is there whole, before anything comes of it.
        package var onRequest: @Sendable (RequestLog.Record) -> Void = { _ in }
        /// Told of every request when all that comes of it has come, just before its answer leaves, if one does.
        package var onAnswer: @Sendable (RequestLog.Record) -> Void = { _ in }

        package init() {}
    }

    package let authority: Authority
    /// What goes wrong, by operation; for connections see ``FaultPlan/connection(to:)`` with `azure` and `aws`.
    package let faults: FaultPlan
    package let log: RequestLog
    /// The services' clock.
    package let clock: SandboxClock
    package let azureServer: HTTPServer
    package let awsServer: HTTPServer
    /// Where notifications go.
    package let hooksServer: HTTPServer
    /// One before each server, in the order of the servers above, where the way there takes time.
    let relays: [DelayingRelay]
    /// For `HTTPS_PROXY`, where there is one.
    let proxy: ConnectProxy?
    private let azureState: Shared<AzureWorld>
    private let awsState: Shared<AWSWorld>
    let receiver: NotificationReceiver
    private let use: ConnectionUse
    private let secrets: SecretMint
    private let temporary: TemporaryDirectory

    /// Starts the services.
    ///
    /// - Throws: where `openssl` is missing, or no port can be had.
    package static func start(_ options: Options = Options()) async throws -> Sandbox {
        let authority = try await AuthorityCache.authority(
            extraNames: options.extraNames + (options.hasIssuerProxy ? proxiedHosts : []))
        let identity = options.isPlainHTTP ? nil : try await authority.identity(options.certificate)
        let (faults, log, clock) = (
            FaultPlan(), RequestLog(onArrival: options.onRequest, onAnswer: options.onAnswer), SandboxClock()
        )
        let world = World(options, clock: clock)
        var servers: [HTTPServer] = []
        for service in world.services {
            servers.append(
                try await HTTPServer.start(
                    identity: identity, faults: faults, log: log, time: clock, latency: options.latency,
                    service: service))
        }
        var relays: [DelayingRelay] = []
        if options.roundTripTime > .zero {
            for server in servers {
                relays.append(try await DelayingRelay.start(to: server.port, roundTripTime: options.roundTripTime))
            }
        }
        let proxy =
            options.hasIssuerProxy
            ? try await ConnectProxy.start(
                routes: Dictionary(uniqueKeysWithValues: proxiedHosts.map { ($0, servers[0].port) })) : nil
        let sandbox = Sandbox(
            authority: authority, faults: faults, log: log, clock: clock, servers: servers, relays: relays,
            proxy: proxy, world: world, temporary: try TemporaryDirectory())
        if options.usesConnections { sandbox.useConnections() }
        return sandbox
    }

    /// What the services know, and what answers for them.
    private struct World {
        let azureState: Shared<AzureWorld>
        let awsState: Shared<AWSWorld>
        let receiver: NotificationReceiver
        let use: ConnectionUse
        let secrets: SecretMint
        /// Azure DevOps, AWS, notifications.
        let services: [HTTPServer.Service]

        init(_ options: Options, clock: SandboxClock) {
            let secrets = SecretMint(isNasty: options.hasNastyValues)
            let azureState = Shared(AzureWorld.standard(secrets: secrets))
            awsState = Shared(AWSWorld.standard(for: azureState.value, secrets: secrets))
            let azure = AzureDevOpsService(world: azureState, secrets: secrets, time: clock)
            let aws = AWSService(world: awsState, secrets: secrets, time: clock)
            let receiver = NotificationReceiver(secrets: secrets)
            let use = ConnectionUse(azure: azureState) { id, secret, token in
                aws.accepts(accessKeyID: id, secretAccessKey: secret, sessionToken: token)
            }
            services = [
                .init(name: "azure", operation: AzureDevOpsService.operation) { request in
                    use.around { azure.answer(request) }
                },
                .init(name: "aws", operation: AWSService.operation) { request in use.around { aws.answer(request) } },
                .init(name: NotificationReceiver.service, operation: NotificationReceiver.operation) {
                    receiver.answer($0)
                },
            ]
            (self.secrets, self.azureState, self.receiver, self.use) = (secrets, azureState, receiver, use)
        }
    }

    /// - Parameter servers: of Azure DevOps, AWS and notifications.
    private init(
        authority: Authority, faults: FaultPlan, log: RequestLog, clock: SandboxClock, servers: [HTTPServer],
        relays: [DelayingRelay], proxy: ConnectProxy?, world: World, temporary: TemporaryDirectory
    ) {
        (self.authority, self.faults, self.log, self.clock) = (authority, faults, log, clock)
        (azureServer, awsServer, hooksServer) = (servers[0], servers[1], servers[2])
        (self.relays, self.proxy, self.temporary) = (relays, proxy, temporary)
        (azureState, awsState, secrets) = (world.azureState, world.awsState, world.secrets)
        (receiver, use) = (world.receiver, world.use)
    }

    /// Ends the services and every connection.
    package func stop() async {
        use.end()
        for relay in relays { await relay.stop() }
        await proxy?.stop()
        await azureServer.stop()
        await awsServer.stop()
        await hooksServer.stop()
    }

    /// What Azure DevOps knows.
    package var azure: AzureWorld { azureState.value }

    /// What IAM knows.
    package var aws: AWSWorld { awsState.value }

    /// Changes what Azure DevOps knows.
    package func changeAzure(_ change: (inout AzureWorld) -> Void) { azureState.change(change) }

    /// Changes what IAM knows.
    package func changeAWS(_ change: (inout AWSWorld) -> Void) { awsState.change(change) }

    /// The job's `System.AccessToken`.
    package var accessToken: String { secrets.accessToken }

    /// A personal access token that Azure DevOps takes as the password of Basic authentication.
    package var personalAccessToken: String { secrets.personalAccessToken }

    /// A token of Entra ID that Azure DevOps takes for the same person.
    package var entraAccessToken: String { secrets.entraAccessToken }

    /// Every secret value so far: the access tokens, tokens minted, secret keys, session tokens.
    package var canaries: [String] { secrets.all }

    /// `AGENT_TEMPDIRECTORY`: mode 0700, empty at first, gone with the sandbox.
    package var temporaryDirectory: String { temporary.path }

    /// What came of using the connections' keys, see ``useConnections()``.
    package var connectionUse: ConnectionUse.Record { use.record }

    /// Uses the key of every AWS connection that is not on OIDC from now on, all the time: before and after every
    /// request, and in between.
    package func useConnections() { use.begin() }

    /// The notifications that were taken so far.
    package var notifications: [NotificationReceiver.Message] { receiver.messages }
}
