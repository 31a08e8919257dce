import AWS
import Domain
import TLSCrypto

/// The name of a session in the cache: a digest of everything that shapes it.
struct SessionKey {
    /// 64 hexadecimal digits.
    let text: String

    /// The job's access token is no part of it: it is the same job's.
    init(_ request: SessionRequest) {
        let rules = request.settings.rules
        let parts: [[String]] = [
            [String(CachedSession.version)],
            [request.role.text], request.chain.map(\.text), [request.externalID].compactMap(\.self),
            [request.sessionName.description, String(request.duration.seconds)],
            [request.region?.name].compactMap(\.self),
            [request.policies.inline].compactMap(\.self), request.policies.managed.map(\.text),
            request.allowedAccounts.map(\.text), [String(request.verify)],
            [request.endpoint.url.text, request.endpoint.signingRegion, request.endpoint.signingName],
            request.token.identity, rules.issuers, rules.branches, rules.pipelines,
        ]
        let list = JSONValue.list(parts.map { .list($0.map { .text($0) }) })
        text = Hex.encode(Digest.sha256(Array(list.json().utf8)))
    }
}
