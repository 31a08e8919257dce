import Domain

extension ErrorReport {
    /// A provider that could not be looked at.
    init(_ failure: ThumbprintFailure) {
        switch failure {
        case .transport(let error):
            self.init(error)
        case .untrusted(let host, let system, let bundle):
            self.init(
                .unavailable,
                "no trusted TLS connection to \(host): by this system's roots: \(system); by the CA bundle: \(bundle)",
                hints: [
                    "no thumbprint is taken from such a host: repair its certificate, or add its root to the bundle"
                ])
        case .status(let status, let host):
            self.init(
                .unavailable, "\(host) answered with status \(status)",
                hints: ["AWS asks the same address; a redirect is not followed"])
        case .document(let host, let error):
            self.init(
                .badInput, "\(host) has no discovery document of this issuer: \(Self.words(for: error))",
                hints: ["the provider's URL must be the issuer's exactly, upper and lower case and a / at the end too"])
        case .noKeys(let host):
            self.init(.badInput, "\(host) answered to jwks_uri with something that holds no keys")
        case .certificates(let host, let reason):
            self.init(.unexpected, "the certificates of \(host) cannot be read: \(reason)")
        }
    }

    /// What is wrong with a provider's URL, to follow the URL and a colon.
    static func words(for error: IssuerURL.ValidationError) -> String {
        switch error {
        case .notHTTPS: "an issuer begins with https://"
        case .tooLong(let count): "an issuer has at most 255 characters, and this one \(count)"
        case .malformed(let reason): "it is no URL: \(reason)"
        case .query: "an issuer has no query"
        case .port: "an issuer has no port"
        }
    }

    private static func words(for error: DiscoveryDocument.ParseError) -> String {
        switch error {
        case .notAnObject: "the answer is not JSON"
        case .missing(let name): "it has no \(name)"
        case .otherIssuer(let found): "it is of \(ForeignText.clean(found, limit: 300))"
        case .keysURL(let reason): "its jwks_uri cannot be used: \(reason)"
        }
    }
}
