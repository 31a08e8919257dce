import ArgumentParser
import Emulator

/// The options of every subcommand: what the sandbox is like.
struct SandboxOptions: ParsableArguments {
    @Option(help: "The round trip time to both services, such as 40ms. They are as near as can be without it.")
    var rtt: Milliseconds?

    @Option(
        help: ArgumentHelp(
            "Something that goes wrong; may be given several times.",
            discussion: """
                OPERATION: \(FaultRule.operations.joined(separator: ", ")).
                KIND, for all: \(FaultRule.generalKinds.joined(separator: ", ")).
                For oidctoken also: \(FaultRule.tokenKinds.joined(separator: ", ")).
                For AWS also: \(FaultRule.stsKinds.joined(separator: ", ")).
                COUNT: how many requests it meets, 1 by default, or 'always'.
                Example: --fault oidctoken=throttled:2 --fault AssumeRoleWithWebIdentity=reset
                """,
            valueName: "OPERATION=KIND[:COUNT]"),
        transform: { try FaultRule($0) })
    var fault: [FaultRule] = []

    @Flag(help: "Put quotes, dollars, percent signs and the like into secret keys and session tokens.")
    var nastyValues = false

    @Flag(help: "Speak plain http instead of https.")
    var plainHTTP = false

    @Option(help: "What the services' certificates are like.")
    var certificate = Authority.Kind.trusted

    @Option(help: "Write every request to this file, one line of JSON each, without secrets.", completion: .file())
    var log: String?

    /// Starts the sandbox these options describe.
    func start() async throws -> Sandbox {
        var options = Sandbox.Options()
        options.roundTripTime = rtt?.duration ?? .zero
        options.hasNastyValues = nastyValues
        options.isPlainHTTP = plainHTTP
        options.certificate = certificate
        if let log {
            let file = try LogFile(log)
            options.onAnswer = { file.append($0.jsonLine) }
        }
        let sandbox = try await Sandbox.start(options)
        for rule in fault { sandbox.faults.add(rule) }
        return sandbox
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
