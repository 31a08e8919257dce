/// The hosts that may be given a secret (docs/security.md).
///
/// What the environment names is not trusted for being named: an earlier step of the same job can set variables. It
/// cannot set this program's arguments, so `--trusted-host` is what widens the list.
package struct TrustedHosts: Sendable {
    private let isKnown: @Sendable (String) -> Bool
    private let named: Set<String>

    /// - Parameters:
    ///   - named: what the user named by flag, `host` or `host:port`. Only these may be reached by plain http, and
    ///     only on a loopback address.
    ///   - isKnown: whether a host, lower case, is one of the services' own. They are known on their standard port.
    package init(named: [String], isKnown: @escaping @Sendable (String) -> Bool) {
        self.named = Set(named.map { $0.lowercased() })
        self.isKnown = isKnown
    }

    /// - Throws: ``HTTPError/untrusted(host:plainHTTP:)`` where a secret must not go to that URL.
    package func check(_ url: HTTPURL) throws(HTTPError) {
        if url.scheme == .http {
            guard isNamed(url), url.isLoopback else { throw .untrusted(host: url.authority, plainHTTP: true) }
            return
        }
        guard isNamed(url) || (url.port == nil && isKnown(url.host)) else {
            throw .untrusted(host: url.authority, plainHTTP: false)
        }
    }

    /// - Throws: ``HTTPError/untrusted(host:plainHTTP:)`` where the request must not be sent.
    package func check(_ request: HTTPRequest) throws(HTTPError) {
        if !request.goesToMachineEndpoint { try check(request.url) }
    }

    /// Whether the user named its host, or its host and port; an IPv6 address with or without brackets, the scheme's
    /// own port written or not.
    private func isNamed(_ url: HTTPURL) -> Bool {
        let name = url.host.contains(":") ? "[\(url.host)]" : url.host
        return [url.host, name, "\(name):\(url.effectivePort)"].contains(where: named.contains)
    }
}

/// Refuses whatever ``TrustedHosts`` refuses, then passes on to another client. Every client of this program is one.
package struct TrustedHTTPClient: HTTPClient {
    private let base: any HTTPClient
    private let trusted: TrustedHosts

    package init(_ base: any HTTPClient, trusted: TrustedHosts) { (self.base, self.trusted) = (base, trusted) }

    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try trusted.check(request)
        return try await base.send(request)
    }

    package func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {
        guard (try? trusted.check(url)) != nil else { return }
        await base.warmUp(url, limits: limits)
    }
}
