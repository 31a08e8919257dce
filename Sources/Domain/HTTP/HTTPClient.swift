/// Sends HTTP requests. `CurlTransport` is the real one.
package protocol HTTPClient: Sendable {
    /// Sends the request and returns whatever the server answered, any status, redirects included: none is followed.
    ///
    /// Cancelling the task abandons the transfer.
    ///
    /// - Throws: ``HTTPError`` where there was no whole answer.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse

    /// Opens a connection to the host of `url`, so that the next request to it need not wait for the handshakes.
    /// Failing is no error: the request to come will say what is wrong.
    func warmUp(_ url: HTTPURL, limits: HTTPLimits) async
}

/// Why there was no whole answer. The texts name hosts and causes, never a path, a query or a header.
package enum HTTPError: Error, Sendable, Equatable {
    /// The part of an attempt that took too long.
    package enum Phase: String, Sendable { case connect, firstByte, total }

    /// A limit of ``HTTPLimits`` ran out.
    case timedOut(host: String, phase: Phase)
    /// The name has no address, or the resolver failed.
    case cannotResolve(host: String)
    /// Nobody answers there.
    case cannotConnect(host: String, reason: String)
    /// The handshake failed or the certificate is not to be trusted.
    case tls(host: String, reason: String)
    /// The proxy refused or failed.
    case proxy(reason: String)
    /// The connection broke before the answer was whole. The request may have taken effect.
    case connectionLost(host: String, reason: String)
    /// The answer was larger than allowed, in bytes.
    case tooLarge(host: String, limit: Int)
    /// The host is not one that may be given a secret, or the URL is plain http. See ``TrustedHosts``.
    case untrusted(host: String, plainHTTP: Bool)
    /// The task was cancelled.
    case cancelled
    /// A setting the transport could not use: a CA file that is not there, an unusable proxy URL.
    case configuration(reason: String)
}

extension HTTPError: RetryableError {
    package var retryAdvice: RetryAdvice {
        switch self {
        case .timedOut, .cannotConnect, .proxy, .connectionLost: .transient
        case .cannotResolve: .doubtful
        case .tls, .tooLarge, .untrusted, .cancelled, .configuration: .never
        }
    }
}
