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
