/// What a TLS server shows: PEM files of a certificate chain, leaf first, and of the leaf's key.
package struct ServerIdentity: Sendable {
    package let chainFile: String
    package let keyFile: String
    // Keeps the files until the last identity of this authority is gone.
    let directory: TemporaryDirectory
}
