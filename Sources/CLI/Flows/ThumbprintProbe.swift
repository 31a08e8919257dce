import Domain
import TLSCrypto

/// Asks an OIDC provider for its discovery document and its keys, and notes which certificates its hosts present.
///
/// Neither client needs to trust the hosts with anything: nothing sent is a secret. Both verify certificates, so no
/// thumbprint is ever taken from a connection that nobody vouches for.
struct ThumbprintProbe: Sendable {
    /// Trusts the system's authorities alone. They stand for AWS's own list, which nobody outside AWS has.
    let systemClient: any HTTPClient
    /// Trusts the authorities of `--ca-bundle` alone; `nil` where there is none.
    let bundleClient: (any HTTPClient)?
    let time: any TimeSource

    /// Looks at one provider, once.
    ///
    /// - Parameter limits: for everything together; `connect`, `firstByte` and `bodyBytes` for each request.
    /// - Throws: ``ThumbprintFailure``
    func observe(
        _ issuer: DiscoveryIssuer, limits: HTTPLimits
    ) async throws(ThumbprintFailure) -> ThumbprintObservation {
        let deadline = Deadline(in: limits.total, of: time)
        let discovery = try await fetch(issuer.documentURL, limits, until: deadline)
        let document: DiscoveryDocument
        do throws(DiscoveryDocument.ParseError) {
            document = try DiscoveryDocument(discovery.body, of: issuer)
        } catch {
            throw .document(host: discovery.host.name, error)
        }
        let keys = try await fetch(document.keysURL, limits, until: deadline)
        guard DiscoveryDocument.isKeySet(keys.body) else { throw .noKeys(host: keys.host.name) }
        return ThumbprintObservation(discovery: discovery.host, keys: keys.host)
    }

    private func fetch(
        _ url: HTTPURL, _ limits: HTTPLimits, until deadline: Deadline
    ) async throws(ThumbprintFailure) -> (host: ThumbprintObservation.Host, body: [UInt8]) {
        let (answer, isPublic) = try await send {
            var limits = limits
            limits.total = deadline.remaining(of: time)
            var request = HTTPRequest(.get, url, fields: [HTTPField("Accept", "application/json")], limits: limits)
            request.capturesCertificates = true
            return request
        }
        guard answer.status == 200 else { throw .status(answer.status, host: url.authority) }
        let chain: [Certificate]
        do throws(OpenSSLError) {
            chain = try Certificate.chain(pem: answer.certificates)
        } catch {
            throw .certificates(host: url.authority, reason: error.description)
        }
        guard let last = chain.last else { throw .certificates(host: url.authority, reason: "there are none") }
        let host = ThumbprintObservation.Host(
            name: url.authority, lastCertificate: last, certificateCount: chain.count, isPubliclyTrusted: isPublic)
        return (host, answer.body.withExposedBytes { $0 })
    }

    /// By the system's authorities, and where they do not vouch for the host by the bundle's.
    private func send(
        _ request: () -> HTTPRequest
    ) async throws(ThumbprintFailure) -> (answer: HTTPResponse, isPubliclyTrusted: Bool) {
        let refusal: HTTPError
        do throws(HTTPError) { return (try await systemClient.send(request()), true) } catch { refusal = error }
        guard case .tls(let host, let system) = refusal, let bundleClient else { throw .transport(refusal) }
        do throws(HTTPError) {
            return (try await bundleClient.send(request()), false)
        } catch {
            guard case .tls(_, let bundle) = error else { throw .transport(error) }
            throw .untrusted(host: host, bySystem: system, byBundle: bundle)
        }
    }
}

/// What a provider's hosts presented.
struct ThumbprintObservation: Sendable, Equatable {
    /// One host's certificates.
    struct Host: Sendable, Equatable {
        /// `host`, or `host:port` where it is not https's own.
        let name: String
        /// The last one it presents, which is the one that IAM's documentation has people pin.
        let lastCertificate: Certificate
        /// How many it presents.
        let certificateCount: Int
        /// Whether the system's own authorities vouch for it.
        let isPubliclyTrusted: Bool
    }

    /// The host of the discovery document, which is the issuer's.
    let discovery: Host
    /// The host of `jwks_uri`; may be the same.
    let keys: Host

    /// What belongs into the provider's list: the keys' host's first. One where both present the same.
    var thumbprints: [Thumbprint] {
        let (keys, discovery) = (keys.lastCertificate.thumbprint, discovery.lastCertificate.thumbprint)
        return keys == discovery ? [keys] : [keys, discovery]
    }

    /// Whether AWS looks at the provider's thumbprints at all. It does not where the certificate of the host of the
    /// keys leads to one of its own trusted roots (IAM User Guide, "Obtain the thumbprint for an OpenID Connect
    /// identity provider").
    var isUsedByAWS: Bool { !keys.isPubliclyTrusted }

    /// Why AWS uses the thumbprint or not, then a line for each host.
    var words: [String] {
        let usage =
            isUsedByAWS
            ? "AWS uses the thumbprint: only the CA bundle vouches for \(keys.name)"
                + " (so it would for a proxy that inspects TLS: look whose certificate it is)"
            : "AWS uses its own trusted roots and not the thumbprint: this system's roots vouch for \(keys.name)"
        return [usage] + (discovery == keys ? [keys] : [keys, discovery]).map(\.words)
    }
}

extension ThumbprintObservation.Host {
    /// `keys.example.com: 5f37… is certificate 3 of 3, valid until 2031-05-01T00:00:00Z: /C=US/O=Example CA`
    fileprivate var words: String {
        "\(name): \(lastCertificate.thumbprint) is certificate \(certificateCount) of \(certificateCount), valid until "
            + "\(Timestamp(lastCertificate.notAfter).text): \(ForeignText.clean(lastCertificate.subject))"
    }
}

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
    static func words(for error: DiscoveryIssuer.ValidationError) -> String {
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
