import COpenSSL

/// The library as a whole.
package enum OpenSSLLibrary {
    /// To be called first thing in `main`, before libcurl initialises OpenSSL: OpenSSL's own clean-up at exit frees
    /// what other threads may still use (swift-corelibs-foundation#5469).
    package static func leaveCleanUpToTheSystem() {
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
    }

    /// Begins a TLS handshake with nobody and drops it. OpenSSL 3 looks up every algorithm the first time it is needed,
    /// 4 ms that otherwise stand between a program's start and its first request; libcurl shares what is found.
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
    }
}
