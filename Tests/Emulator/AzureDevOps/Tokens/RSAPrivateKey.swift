import COpenSSL
import TLSCrypto

/// An RSA key pair that signs RS256 (RFC 7518 §3.3).
final class RSAPrivateKey: @unchecked Sendable {
    // As in RSAPublicKey: never changed after init.
    private let key: OpaquePointer  // <EVP_PKEY>

    /// Makes a new key.
    ///
    /// - Parameter bits: the modulus's length.
    /// - Throws: ``OpenSSLError`` where OpenSSL cannot make it.
    init(bits: Int = 2048) throws(OpenSSLError) {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else {
            throw .drain(after: "EVP_PKEY_CTX_new_from_name")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { throw .drain(after: "EVP_PKEY_generate") }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// The RS256 signature of `message`.
    ///
    /// - Throws: ``OpenSSLError`` where OpenSSL refuses.
    func signature(of message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw .drain(after: "EVP_MD_CTX_new") }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: Int(EVP_PKEY_get_size(key)))
        var length = signature.count
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        else { throw .drain(after: "EVP_DigestSign") }
        return Array(signature.prefix(length))
    }

    /// `n` of the public half, big-endian, as a JSON Web Key carries it.
    var modulus: [UInt8] { number(OSSL_PKEY_PARAM_RSA_N) }

    /// `e` of the public half.
    var exponent: [UInt8] { number(OSSL_PKEY_PARAM_RSA_E) }

    private func number(_ name: String) -> [UInt8] {
        var value: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &value) == 1 else { return [] }
        defer { BN_free(value) }
        var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(value)) + 7) / 8)
        BN_bn2bin(value, &bytes)
        return bytes
    }
}
