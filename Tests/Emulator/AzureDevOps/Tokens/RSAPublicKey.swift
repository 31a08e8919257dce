import COpenSSL
import TLSCrypto

/// An RSA public key, to verify RS256 signatures (RFC 7518 §3.3).
///
/// A class, because the key is shared and must be freed exactly once, which `deinit` does.
final class RSAPublicKey: @unchecked Sendable {
    // EVP_PKEY is reference counted with atomics and never changed after init, so threads may share it.
    private let key: OpaquePointer  // <EVP_PKEY>

    /// - Parameters:
    ///   - modulus: `n` of a JSON Web Key, big-endian (RFC 7518 §6.3.1.1).
    ///   - exponent: `e`, likewise.
    /// - Throws: ``OpenSSLError`` where they are no key.
    init(modulus: [UInt8], exponent: [UInt8]) throws(OpenSSLError) {
        guard let builder = OSSL_PARAM_BLD_new() else { throw .drain(after: "OSSL_PARAM_BLD_new") }
        defer { OSSL_PARAM_BLD_free(builder) }
        let n = BN_bin2bn(modulus, Int32(modulus.count), nil)
        let e = BN_bin2bn(exponent, Int32(exponent.count), nil)
        defer {
            BN_free(n)
            BN_free(e)
        }
        guard OSSL_PARAM_BLD_push_BN(builder, keyless_rsa_n(), n) == 1,
            OSSL_PARAM_BLD_push_BN(builder, keyless_rsa_e(), e) == 1,
            let parameters = OSSL_PARAM_BLD_to_param(builder)
        else { throw .drain(after: "OSSL_PARAM_BLD_to_param") }
        defer { OSSL_PARAM_free(parameters) }

        guard let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else {
            throw .drain(after: "EVP_PKEY_CTX_new_from_name")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, keyless_evp_pkey_public_key, parameters) == 1, let key
        else { throw .drain(after: "EVP_PKEY_fromdata") }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// Whether `signature` is this key's RS256 signature (RSASSA-PKCS1-v1_5 with SHA-256) of `message`.
    func isValidSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        // A wrong signature leaves entries in the queue; they are an answer here, not an error.
        defer { ERR_clear_error() }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
