import Domain

/// Why a provider's thumbprints could not be found out.
enum ThumbprintFailure: RetryableError, Equatable {
    /// A host gave no whole answer; without a CA bundle also where the system's authorities do not vouch for it.
    case transport(HTTPError)
    /// Neither the system's authorities nor the bundle's vouch for the host; what libcurl said of each.
    case untrusted(host: String, bySystem: String, byBundle: String)
    /// A host answered with something else than 200. Redirects are not followed.
    case status(Int, host: String)
    /// What the issuer's host answered is not the issuer's discovery document.
    case document(host: String, DiscoveryDocument.ParseError)
    /// What is at `jwks_uri` is no set of keys.
    case noKeys(host: String)
    /// The host's certificates cannot be read.
    case certificates(host: String, reason: String)

    var retryAdvice: RetryAdvice {
        switch self {
        case .transport(let error): error.retryAdvice
        case .status(429, _): .throttled(after: nil)
        case .status(408, _), .status(500..., _): .transient
        case .untrusted, .status, .document, .noKeys, .certificates: .never
        }
    }
}
