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
        let isNamed = named.contains(url.authority) || named.contains(url.host)
        if url.scheme == .http {
            guard isNamed, url.isLoopback else { throw .untrusted(host: url.authority, plainHTTP: true) }
            return
        }
        guard isNamed || (url.port == nil && isKnown(url.host)) else {
            throw .untrusted(host: url.authority, plainHTTP: false)
        }
    }
}

/// Refuses whatever ``TrustedHosts`` refuses, then passes on to another client. Every client of this program is one.
package struct TrustedHTTPClient: HTTPClient {
    private let base: any HTTPClient
    private let trusted: TrustedHosts

    package init(_ base: any HTTPClient, trusted: TrustedHosts) { (self.base, self.trusted) = (base, trusted) }

    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try trusted.check(request.url)
        return try await base.send(request)
    }

    package func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {
        guard (try? trusted.check(url)) != nil else { return }
        await base.warmUp(url, limits: limits)
    }
}
