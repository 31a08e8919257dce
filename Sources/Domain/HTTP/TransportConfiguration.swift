/// What holds for every request of one HTTP client. The environment is read by the caller, never here.
package struct TransportConfiguration: Sendable {
    /// The value of `User-Agent`, `keyless/1.2.3`.
    package var userAgent: String
    /// The path of a PEM file with the certificate authorities to trust instead of the system's.
    package var caBundle: String?
    /// Whether the system's are trusted too: a host counts as trusted where either vouches for it.
    package var keepsSystemAuthorities = false
    /// The proxy, where there is one.
    package var proxy: ProxyConfiguration?

    package init(userAgent: String, caBundle: String? = nil, proxy: ProxyConfiguration? = nil) {
        (self.userAgent, self.caBundle, self.proxy) = (userAgent, caBundle, proxy)
    }
}
