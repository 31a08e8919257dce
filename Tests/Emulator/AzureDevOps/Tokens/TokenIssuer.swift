import Domain
import Foundation

/// Signs tokens and publishes the keys to check them by.
///
/// Azure DevOps has one key set for all organisations; so has this process, for all sandboxes.
package enum TokenIssuer {
    private static let keyID = "sandbox-2026-01"
    private static let key = Result { try RSAPrivateKey() }
    private static let publishedKey = Result {
        let pair = try key.get()
        return try RSAPublicKey(modulus: pair.modulus, exponent: pair.exponent)
    }
    private static let otherKey = Result { try RSAPrivateKey() }

    /// A JSON Web Token, RS256.
    ///
    /// - Parameter isForged: whether to sign with a key that is not published, under a published one's name.
    /// - Throws: where OpenSSL fails.
    package static func token(claims: [String: TokenClaim], isForged: Bool = false) throws -> String {
        let header: [String: TokenClaim] = [
            "typ": .text("JWT"), "alg": .text("RS256"), "x5t": .text(keyID), "kid": .text(keyID),
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let parts = try [header, claims].map { Base64URL.encode(Array(try encoder.encode($0))) }
        let signed = parts.joined(separator: ".")
        let signature = try (isForged ? otherKey : key).get().signature(of: Array(signed.utf8))
        return "\(signed).\(Base64URL.encode(signature))"
    }

    /// The key set as JSON (RFC 7517).
    ///
    /// - Throws: where OpenSSL fails.
    package static func keySet() throws -> String {
        let key = try key.get()
        let values = [
            "kty": "RSA", "alg": "RS256", "use": "sig", "kid": keyID, "x5t": keyID,
            "n": Base64URL.encode(key.modulus), "e": Base64URL.encode(key.exponent),
        ]
        return String(decoding: try JSONEncoder().encode(["keys": [values]]), as: UTF8.self)
    }

    /// The public key of that name, as a verifier finds it in the key set; `nil` where there is none.
    static func publicKey(named name: String) throws -> RSAPublicKey? {
        name == keyID ? try publishedKey.get() : nil
    }
}
