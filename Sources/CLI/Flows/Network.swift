import AWS
import AzureDevOps
import CurlTransport
import Domain

/// What a command needs to talk to anybody: a client that sends secrets to trusted hosts alone, and retries within the
/// command's one deadline.
struct Network: Sendable {
    let http: any HTTPClient
    let trusted: TrustedHosts
    let retrier: Retrier
    let time: any TimeSource

    /// - Throws: ``HTTPError/configuration(reason:)`` for a CA file or a proxy that cannot be used.
    init(_ options: GlobalOptions, _ context: Context, _ console: Console) throws {
        let configuration = TransportConfiguration(
            userAgent: "keyless/\(KeylessCommand.version)",
            caBundle: options.caBundle ?? context.variable("AWS_CA_BUNDLE") ?? context.variable("AGENT_CAINFO"),
            proxy: try ProxyConfiguration(environment: context.environment)
        )
        trusted = TrustedHosts(named: options.trustedHosts) {
            AzureDevOpsHosts.contains($0) || ServiceHost.isServiceHost($0)
        }
        http = TrustedHTTPClient(context.makeHTTPClient(configuration), trusted: trusted)
        time = context.time
        retrier = Retrier(
            time: context.time, random: context.random,
            deadline: Deadline(in: options.timeout.duration, of: context.time)
        ) { error, attempt, delay in
            console.detail(
                "attempt \(attempt) failed: \(ErrorReport(error).message); trying again in \(delay.milliseconds) ms")
        }
    }

    /// Limits for something that is tried once, such as opening a connection ahead.
    var limits: HTTPLimits { HTTPLimits(total: retrier.deadline.remaining(of: time)) }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
