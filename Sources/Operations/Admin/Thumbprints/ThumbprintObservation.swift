import Domain
import TLSCrypto

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
