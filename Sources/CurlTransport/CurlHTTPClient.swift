import CCurl
package import Domain
import Synchronization

/// The HTTP client, on libcurl's multi interface.
///
/// Connections are kept and shared by all requests of one client, HTTP/2 where the server offers it. Nothing is
/// initialised before the first request, so a command that sends none pays nothing.
package final class CurlHTTPClient: HTTPClient {
    private let configuration: TransportConfiguration
    private let system: @Sendable () -> CertificateAuthorities
    private let time: any TimeSource
    private let loop = Mutex<MultiLoop?>(nil)

    /// - Parameter time: what the limits are measured by; its `uptime` is asked from a thread of the client's own.
    package convenience init(_ configuration: TransportConfiguration, time: any TimeSource) {
        self.init(configuration, system: { .system }, time: time)
    }

    /// - Parameter system: where the system keeps its certificate authorities.
    init(
        _ configuration: TransportConfiguration, system: @escaping @Sendable () -> CertificateAuthorities,
        time: any TimeSource
    ) {
        (self.configuration, self.system, self.time) = (configuration, system, time)
    }

    /// Starts libcurl, which takes a moment, on a thread of its own, and does there what else takes one. What fails
    /// will fail again when a request needs it, and is reported then.
    package static func prepare(then work: @escaping @Sendable () -> Void) {
        keyless_widen_heaps()
        SideThread.run {
            try? CurlLibrary.initialise()
            work()
        }
    }

    deinit { loop.withLock { $0?.stop() } }

    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        guard request.url.scheme == .https || request.url.isLoopback || request.goesToMachineEndpoint else {
            throw .untrusted(host: request.url.authority, plainHTTP: true)
        }
        let pending = PendingRequest(request, start: time.uptime())
        let loop = try startedLoop()
        return try await withTaskCancellationHandler {
            loop.begin(pending)
            return await pending.answer()
        } onCancel: {
            pending.finish(.failure(.cancelled))
            loop.abandon(pending)
        }.get()
    }

    /// Asks for the head of `/`, without any secret, and leaves the connection to the next request.
    ///
    /// A request it has to be: libcurl reuses no connection that was opened by `CURLOPT_CONNECT_ONLY`, and closes an
    /// HTTP/1.1 one whose request was called off before it was sent.
    package func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {
        guard url.scheme == .https else { return }
        let bound = HTTPLimits(total: min(limits.connect, limits.total), connect: limits.connect)
        _ = try? await send(HTTPRequest(.head, url.replacingPath("/"), limits: bound))
    }

    private func startedLoop() throws(HTTPError) -> MultiLoop {
        try loop.withLock { loop throws(HTTPError) in
            if let loop { return loop }
            try CurlLibrary.initialise()
            let started = try MultiLoop(configuration, system: system(), time: time)
            loop = started
            return started
        }
    }
}
