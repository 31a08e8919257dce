/// Azure DevOps and AWS (STS, IAM, Organizations) as a job and an administrator see them, on the loopback interface of this machine.
///
/// The default world: organisation `contoso`, project `Web Shop`, pipeline `deploy`, service connection `aws-prod`;
/// the AWS accounts 111122223333 and 444455556666 with the roles of ``RoleARN``. All of it can be changed meanwhile.
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
    private let relays: [DelayingRelay]
    /// For `HTTPS_PROXY`, where there is one.
    let proxy: ConnectProxy?
    private let azureState: Shared<AzureWorld>
    private let awsState: Shared<AWSWorld>
    private let secrets: SecretMint
    private let temporary: TemporaryDirectory

    /// Starts both services.
    ///
    /// - Throws: where `openssl` is missing, or no port can be had.
    package static func start(_ options: Options = Options()) async throws -> Sandbox {
        let authority = try await AuthorityCache.authority(
            extraNames: options.extraNames + (options.hasIssuerProxy ? proxiedHosts : []))
        let identity = options.isPlainHTTP ? nil : try await authority.identity(options.certificate)
        let (faults, log, clock) = (
            FaultPlan(), RequestLog(onArrival: options.onRequest, onAnswer: options.onAnswer), SandboxClock()
        )
        let secrets = SecretMint(isNasty: options.hasNastyValues)
        let azureState = Shared(AzureWorld())
        let awsState = Shared(AWSWorld.standard(for: azureState.value, secrets: secrets))
        let azure = AzureDevOpsService(world: azureState, secrets: secrets, time: clock)
        let aws = AWSService(world: awsState, secrets: secrets, time: clock)
        let azureServer = try await HTTPServer.start(
            identity: identity, faults: faults, log: log, time: clock, latency: options.latency,
            service: .init(name: "azure", operation: AzureDevOpsService.operation) { azure.answer($0) })
        let awsServer = try await HTTPServer.start(
            identity: identity, faults: faults, log: log, time: clock, latency: options.latency,
            service: .init(name: "aws", operation: AWSService.operation) { aws.answer($0) })
        var relays: [DelayingRelay] = []
        if options.roundTripTime > .zero {
            for server in [azureServer, awsServer] {
                relays.append(try await DelayingRelay.start(to: server.port, roundTripTime: options.roundTripTime))
            }
        }
        let proxy =
            options.hasIssuerProxy
            ? try await ConnectProxy.start(
                routes: Dictionary(uniqueKeysWithValues: proxiedHosts.map { ($0, azureServer.port) })) : nil
        return Sandbox(
            authority: authority, faults: faults, log: log, clock: clock, azureServer: azureServer,
            awsServer: awsServer, relays: relays, proxy: proxy, azureState: azureState, awsState: awsState,
            secrets: secrets,
            temporary: try TemporaryDirectory())
    }

    private init(
        authority: Authority, faults: FaultPlan, log: RequestLog, clock: SandboxClock, azureServer: HTTPServer,
        awsServer: HTTPServer, relays: [DelayingRelay], proxy: ConnectProxy?, azureState: Shared<AzureWorld>,
        awsState: Shared<AWSWorld>, secrets: SecretMint, temporary: TemporaryDirectory
    ) {
        (self.authority, self.faults, self.log, self.clock) = (authority, faults, log, clock)
        (self.azureServer, self.awsServer, self.relays, self.proxy) = (azureServer, awsServer, relays, proxy)
        (self.azureState, self.awsState, self.secrets, self.temporary) = (azureState, awsState, secrets, temporary)
    }

    /// Ends both services and every connection.
    package func stop() async {
        for relay in relays { await relay.stop() }
        await proxy?.stop()
        await azureServer.stop()
        await awsServer.stop()
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

    /// The base URL of Azure DevOps, without a slash at its end.
    package var azureURL: String { url(of: azureServer, behind: relays.first) }

    /// The base URL of every service of AWS, without a slash at its end.
    package var awsURL: String { url(of: awsServer, behind: relays.last) }

    private func url(of server: HTTPServer, behind relay: DelayingRelay?) -> String {
        "\(server.isTLS ? "https" : "http")://localhost:\(relay?.port ?? server.port)"
    }

    /// The flags by which keyless trusts the two services: `--trusted-host localhost:PORT` twice.
    package var trustedHostArguments: [String] {
        [azureURL, awsURL].flatMap { url in
            ["--trusted-host", String(url.drop { $0 != "/" }.dropFirst(2))]
        }
    }
}
