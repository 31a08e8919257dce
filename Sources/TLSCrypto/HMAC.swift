import COpenSSL
package import Domain

/// Keyed hashing (RFC 2104).
package enum HMAC {
    /// HMAC-SHA-256 of `message`, 32 bytes. A secret, since SigV4's signing keys are made this way.
    package static func sha256(key: Secret, _ message: [UInt8]) -> Secret {
        var code = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        key.withExposedBytes { key in
            _ = COpenSSL.HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, nil)
        }
        return Secret(bytes: code)
    }
}
