import ArgumentParser
import Emulator

/// The options of every subcommand: what the sandbox is like.
struct SandboxOptions: ParsableArguments {
    private static let issuerProxyHelp =
        "Lead \(Sandbox.proxiedHosts.joined(separator: ", ")) here too, by a proxy that HTTPS_PROXY names."

    @Option(help: "The round trip time to both services, such as 40ms. They are as near as can be without it.")
    var rtt: Milliseconds?

    @Option(
        help: ArgumentHelp(
            "Something that goes wrong; may be given several times.",
            discussion: """
                OPERATION: \(FaultRule.operations.joined(separator: ", ")).
                KIND, for all: \(FaultRule.generalKinds.joined(separator: ", ")).
                For oidctoken also: \(FaultRule.tokenKinds.joined(separator: ", ")).
                For what Azure DevOps tells administrators also: \(FaultRule.azureKinds.joined(separator: ", ")).
                For AWS also: \(FaultRule.awsKinds.joined(separator: ", ")).
                For slack also: \(FaultRule.slackKinds.joined(separator: ", ")).
                COUNT: how many requests it meets, 1 by default, or 'always', or 'same' for one and then always the \
                same operation.
                FIRST: which request is the first that it meets, 1 by default.
                'write' is every operation that changes something in AWS or Azure DevOps, 'call' is every one of theirs.
                Example: --fault oidctoken=throttled:2 --fault CreateRole=reset --fault write=hang-after@3 \
                --fault call=status-503:same@7
                """,
            valueName: "OPERATION=KIND[:COUNT][@FIRST]"),
        transform: { try FaultRule($0) })
    var fault: [FaultRule] = []

    @Option(help: "The time that every answer takes, besides the way to the services and back, such as 50ms.")
    var latency: Milliseconds?

    @Option(help: "How many of a hundred requests to AWS are throttled.")
    var throttleRate = 0

    @Option(help: "How many of a hundred requests to AWS fail with 503.")
    var failureRate = 0

    @Option(help: "How many accounts the AWS organisation has, besides its management account 111122223333.")
    var accounts = 0

    @Option(help: "The time after which sessions of STS end, whatever was asked for, such as 10s.")
    var longestSession: Milliseconds?

    @Flag(help: "Put quotes, dollars, percent signs and the like into secret keys and session tokens.")
    var nastyValues = false

    @Flag(help: "Speak plain http instead of https.")
    var plainHTTP = false

    @Flag(help: ArgumentHelp(stringLiteral: SandboxOptions.issuerProxyHelp))
    var issuerProxy = false

    @Flag(help: "Put addresses that take notifications into SLACK_WEBHOOK_URL and KEYLESS_WEBHOOK_URL.")
    var notifications = false

    @Flag(help: "Use the key of every AWS connection all the time, and tell at the end how often AWS refused it.")
    var usesConnections = false

    @Option(help: "What the job is to service connections: reader, user or administrator.")
    var jobRole = AzureWorld.Role.administrator

    @Option(help: "A scope of the personal access token; may be given several times. It has all of them without it.")
    var patScope: [String] = []

    @Option(help: "How often a service connection is read before an update of it is ready.")
    var readyAfter = 0

    @Flag(help: "Let updates of service connections fail when they have been stored.")
    var updatesFail = false

    @Option(help: "How many requests Azure DevOps blocks for too much usage; it asks everybody to wait meanwhile.")
    var blocked: Int?

    @Option(help: "What the services' certificates are like.")
    var certificate = Authority.Kind.trusted

    @Option(help: "Write every request to this file, one line of JSON each, without secrets.", completion: .file())
    var log: String?

    func validate() throws {
        guard 0...100 ~= throttleRate, 0...100 ~= failureRate else {
            throw ValidationError("Rates are in percent: --throttle-rate 3 --failure-rate 1")
        }
        guard 0...10_000 ~= accounts else { throw ValidationError("--accounts takes a number up to 10000") }
        if let longestSession, longestSession.duration < .seconds(1) {
            throw ValidationError("sessions last a second at least: --longest-session 10s")
        }
    }

    /// Starts the sandbox these options describe.
    func start() async throws -> Sandbox {
        var options = Sandbox.Options()
        options.roundTripTime = rtt?.duration ?? .zero
        options.latency = latency?.duration ?? .zero
        options.hasNastyValues = nastyValues
        options.isPlainHTTP = plainHTTP
        options.certificate = certificate
        options.hasIssuerProxy = issuerProxy
        options.usesConnections = usesConnections
        if let log {
            let file = try LogFile(log)
            options.onAnswer = { file.append($0.jsonLine) }
        }
        let sandbox = try await Sandbox.start(options)
        sandbox.faults.setRates(throttling: throttleRate, failure: failureRate)
        if accounts > 0 { sandbox.changeAWS { _ = $0.addAccounts(count: accounts) } }
        sandbox.changeAWS { [longestSession] in
            $0.longestSession = (longestSession?.duration.components.seconds).map { Int($0) }
        }
        sandbox.changeAzure { world in
            (world.jobRole, world.readyAfterReads, world.updateFails) = (jobRole, readyAfter, updatesFail)
            if !patScope.isEmpty { world.patScopes = Set(patScope) }
            world.rateLimit = blocked.map { AzureWorld.RateLimit(blocks: $0) }
        }
        for rule in fault { sandbox.faults.add(rule) }
        return sandbox
    }

    /// Ends the sandbox, and tells what is to be told then.
    func stop(_ sandbox: Sandbox) async {
        await sandbox.stop()
        guard usesConnections else { return }
        let use = sandbox.connectionUse
        note("keys of connections were used \(use.attempts) times, and refused \(use.refusalCount) times")
        for refusal in use.refusals {
            note("\(refusal.connection) was refused with \(refusal.accessKeyID) \(refusal.times) times")
        }
    }
}

/// A duration as it is typed: `40ms`, `2s`.
struct Milliseconds: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = Duration(short: argument) else { return nil }
        self.duration = duration
    }
}

extension Authority.Kind: ExpressibleByArgument {}

extension AzureWorld.Role: ExpressibleByArgument {}
