import COpenSSL
package import Domain

/// Message digests (FIPS 180-4).
package enum Digest {
    /// SHA-256, 32 bytes.
    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256(bytes, bytes.count, &digest)
        return digest
    }

    /// SHA-1, 20 bytes: for certificate thumbprints, which IAM defines by it, and for nothing else.
    package static func sha1(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
        SHA1(bytes, bytes.count, &digest)
        return digest
    }
}

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

/// Comparison whose time tells nothing about where two values differ.
package enum ConstantTime {
    /// Whether both hold the same bytes. Only the lengths may be guessed from the time it takes.
    package static func equal(_ left: Secret, _ right: Secret) -> Bool {
        left.withExposedBytes { left in
            right.withExposedBytes { right in
                left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
            }
        }
    }
}
