import COpenSSL

/// The library as a whole.
package enum OpenSSLLibrary {
    /// To be called first thing in `main`, before libcurl initialises OpenSSL: OpenSSL's own clean-up at exit frees
    /// what other threads may still use (swift-corelibs-foundation#5469).
    package static func leaveCleanUpToTheSystem() {
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
    }
}
