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

    init(systemClient: any HTTPClient, bundleClient: (any HTTPClient)?, time: any TimeSource) {
        (self.systemClient, self.bundleClient, self.time) = (systemClient, bundleClient, time)
    }

    /// With this system's certificate authorities, and those of `--ca-bundle` besides.
    init(_ request: NetworkRequest, _ context: Context) {
        var system = request.transport
        system.caBundle = nil
        self.init(
            systemClient: context.makeHTTPClient(system),
            bundleClient: request.transport.caBundle == nil ? nil : context.makeHTTPClient(request.transport),
            time: context.time)
    }

    /// Looks at one provider, again while that can help.
    ///
    /// - Throws: ``ThumbprintFailure``
    func observe(_ issuer: IssuerURL, _ retrier: Retrier) async throws(ThumbprintFailure) -> ThumbprintObservation {
        try await retrier.run { (limits) throws(ThumbprintFailure) in try await observeOnce(issuer, limits: limits) }
    }

    /// Looks at one provider, once.
    ///
    /// - Parameter limits: for everything together; `connect`, `firstByte` and `bodyBytes` for each request.
    /// - Throws: ``ThumbprintFailure``
    func observeOnce(
        _ issuer: IssuerURL, limits: HTTPLimits
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
