import COpenSSL

/// The library as a whole.
package enum OpenSSLLibrary {
    /// To be called first thing in `main`, before libcurl initialises OpenSSL: OpenSSL's own clean-up at exit frees
    /// what other threads may still use (swift-corelibs-foundation#5469).
    package static func leaveCleanUpToTheSystem() {
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
    }

    /// Begins a TLS handshake with nobody, reads a public key as certificates have them, and drops both. OpenSSL 3
    /// looks up every algorithm the first time it is needed, 4 ms that otherwise stand between a program's start and its
    /// first request; libcurl shares what is found.
    package static func prepareTLS() {
        // An error here is nobody's: the real handshake will have it too.
        defer { ERR_clear_error() }
        guard let context = SSL_CTX_new(TLS_client_method()) else { return }
        defer { SSL_CTX_free(context) }
        guard let connection = SSL_new(context) else { return }
        defer { SSL_free(connection) }
        // The connection owns both.
        SSL_set_bio(connection, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()))
        SSL_connect(connection)
        publicKey.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            EVP_PKEY_free(d2i_PUBKEY(nil, &start, bytes.count))
        }
    }

    /// Nobody's: the base point of P-256 as a SubjectPublicKeyInfo (RFC 5480 §2). A key of one kind makes OpenSSL look
    /// for the decoders of all kinds.
    private static let publicKey: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
        0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04, 0x6B, 0x17, 0xD1, 0xF2, 0xE1, 0x2C, 0x42, 0x47, 0xF8,
        0xBC, 0xE6, 0xE5, 0x63, 0xA4, 0x40, 0xF2, 0x77, 0x03, 0x7D, 0x81, 0x2D, 0xEB, 0x33, 0xA0, 0xF4, 0xA1, 0x39,
        0x45, 0xD8, 0x98, 0xC2, 0x96, 0x4F, 0xE3, 0x42, 0xE2, 0xFE, 0x1A, 0x7F, 0x9B, 0x8E, 0xE7, 0xEB, 0x4A, 0x7C,
        0x0F, 0x9E, 0x16, 0x2B, 0xCE, 0x33, 0x57, 0x6B, 0x31, 0x5E, 0xCE, 0xCB, 0xB6, 0x40, 0x68, 0x37, 0xBF, 0x51,
        0xF5,
    ]
}

/// What OpenSSL's error queue held after a call failed.
package struct OpenSSLError: Error, Equatable, CustomStringConvertible {
    /// The call that failed, by OpenSSL's own name.
    package let operation: String
    /// The queue, oldest first; may be empty.
    package let reasons: [String]

    package var description: String {
        reasons.isEmpty ? "\(operation) failed" : "\(operation) failed: \(reasons.joined(separator: "; "))"
    }

    /// Drains this thread's queue, so that the next failure does not report this one.
    package static func drain(after operation: String) -> OpenSSLError {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { break }
            reasons.append(ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)")
        }
        return OpenSSLError(operation: operation, reasons: reasons)
    }
}
