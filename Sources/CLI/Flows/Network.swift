import AWS
import AzureDevOps
import CurlTransport
import Domain

/// What a command needs to talk to anybody: a client that sends secrets to trusted hosts alone, and retries within the
/// command's one deadline.
struct Network: Sendable {
    let http: any HTTPClient
    let trusted: TrustedHosts
    private(set) var retrier: Retrier
    let time: any TimeSource
    private let makeRetrier: @Sendable (any TimeSource) -> Retrier

    /// - Parameter addsAuthorities: whether a CA bundle is trusted besides the system's authorities rather than alone.
    /// - Throws: ``ErrorReport`` for a CA file that is none, ``HTTPError/configuration(reason:)`` for an unusable proxy.
    init(
        _ options: GlobalOptions, _ context: Context, _ console: Console, addsAuthorities: Bool = false
    ) throws {
        var configuration = try Self.transport(options, context)
        configuration.keepsSystemAuthorities = addsAuthorities
        trusted = TrustedHosts(named: options.trustedHosts) {
            AzureDevOpsHosts.contains($0) || ServiceHost.isServiceHost($0)
        }
        http = TrustedHTTPClient(context.makeHTTPClient(configuration), trusted: trusted)
        time = context.time
        makeRetrier = { time in
            Retrier(
                time: time, random: context.random,
                deadline: Deadline(in: options.timeout.duration, of: context.time)
            ) { error, attempt, delay in
                console.detail(
                    "attempt \(attempt) failed: \(ErrorReport(error).message); trying again in \(delay.milliseconds) ms"
                )
            }
        }
        retrier = makeRetrier(context.time)
    }

    /// For one account among many, which has the whole time of `--timeout` for itself from now on.
    ///
    /// - Parameter slots: those it works in, free for others while it waits before another try.
    func freshRetrier(sharing slots: Slots) -> Retrier { makeRetrier(SharingTime(base: time, slots: slots)) }

    /// The same for what begins only now, after somebody was asked, and has the whole time for itself.
    func renewed() -> Network {
        var copy = self
        copy.retrier = makeRetrier(time)
        return copy
    }

    /// How hosts are reached and whose certificates are taken.
    ///
    /// - Throws: ``ErrorReport`` for a CA file that is none, ``HTTPError/configuration(reason:)`` for an unusable proxy.
    static func transport(_ options: GlobalOptions, _ context: Context) throws -> TransportConfiguration {
        TransportConfiguration(
            userAgent: "keyless/\(KeylessCommand.version)", caBundle: try caBundle(options, context),
            proxy: try ProxyConfiguration(environment: context.environment))
    }

    private static func caBundle(_ options: GlobalOptions, _ context: Context) throws(ErrorReport) -> String? {
        let sources = [
            ("--ca-bundle", options.caBundle), ("AWS_CA_BUNDLE", context.variable("AWS_CA_BUNDLE")),
            ("AGENT_CAINFO", context.variable("AGENT_CAINFO")),
        ]
        for case (let name, let path?) in sources {
            guard FileSystem.isRegularFile(path) else {
                throw ErrorReport(.usage, "\(name) names no file of certificates: \(path)")
            }
            return path
        }
        return nil
    }

    /// For opening a connection ahead: where that takes long, or something on the way swallows it, nobody waits for it.
    var warmUpLimits: HTTPLimits {
        HTTPLimits(total: min(.seconds(2), retrier.deadline.remaining(of: time)), connect: .seconds(2))
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
