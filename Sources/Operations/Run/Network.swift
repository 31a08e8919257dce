import AWS
import AzureDevOps
import Domain
import LinuxSystem

/// How a command may use the network. Everything of it is checked: nothing is sent before.
package struct NetworkRequest: Sendable {
    /// The total time of a command; of many accounts each, of a rotation each step.
    package var timeout: Duration
    /// Hosts, as `host` or `host:port`, that may be given secrets besides Azure DevOps's and AWS's own.
    let trustedHosts: [String]
    /// The file named by `--ca-bundle`.
    let caBundle: String?
    let transport: TransportConfiguration

    /// - Parameter caBundle: a file of certificates; `nil` for the one that the environment names, if it names one.
    /// - Throws: ``ErrorReport`` for a CA file that is none, or an unusable proxy.
    package init(
        timeout: Duration = .seconds(60), trustedHosts: [String] = [], caBundle: String? = nil, _ context: Context
    ) throws(ErrorReport) {
        (self.timeout, self.trustedHosts, self.caBundle) = (timeout, trustedHosts, caBundle)
        let bundle = try Self.caBundle(caBundle, context)
        do throws(HTTPError) {
            transport = TransportConfiguration(
                userAgent: "keyless/\(Release.version)", caBundle: bundle,
                proxy: try ProxyConfiguration(environment: context.environment))
        } catch {
            throw ErrorReport(error)
        }
    }

    /// The same with another total time.
    func with(timeout: Duration) -> NetworkRequest {
        var copy = self
        copy.timeout = timeout
        return copy
    }

    private static func caBundle(_ named: String?, _ context: Context) throws(ErrorReport) -> String? {
        let sources = [
            ("--ca-bundle", named), ("AWS_CA_BUNDLE", context.variable("AWS_CA_BUNDLE")),
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
}

/// What an operation needs to talk to anybody: a client that sends secrets to trusted hosts alone, and retries within
/// the command's one deadline.
struct Network: Sendable {
    let http: any HTTPClient
    let trusted: TrustedHosts
    private(set) var retrier: Retrier
    let time: any TimeSource
    private let makeRetrier: @Sendable (any TimeSource) -> Retrier

    /// - Parameter addsAuthorities: whether a CA bundle is trusted besides the system's authorities rather than alone.
    init(_ request: NetworkRequest, _ context: Context, _ console: Console, addsAuthorities: Bool = false) {
        var configuration = request.transport
        configuration.keepsSystemAuthorities = addsAuthorities
        trusted = TrustedHosts(named: request.trustedHosts) {
            AzureDevOpsHosts.contains($0) || ServiceHost.isServiceHost($0)
        }
        http = TrustedHTTPClient(context.makeHTTPClient(configuration), trusted: trusted)
        time = context.time
        makeRetrier = { time in
            Retrier(
                time: time, random: context.random, deadline: Deadline(in: request.timeout, of: context.time)
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

    /// A retrier with the whole time of `--timeout` from now on.
    func freshRetrier() -> Retrier { makeRetrier(time) }

    /// The same for what begins only now, after somebody was asked, and has the whole time for itself.
    func renewed() -> Network {
        var copy = self
        copy.retrier = makeRetrier(time)
        return copy
    }

    /// For opening a connection ahead: if that takes long, or something on the way swallows it, nobody waits for it.
    var warmUpLimits: HTTPLimits {
        HTTPLimits(total: min(.seconds(2), retrier.deadline.remaining(of: time)), connect: .seconds(2))
    }
}
