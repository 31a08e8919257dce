import CCurl

/// Where OpenSSL finds the certificate authorities to trust.
///
/// Debian's libcurl names two places that hold the same certificates: one large file, and a directory with one file a
/// certificate, named by the hash of its subject. Reading the whole file takes 15 ms, looking one up in the directory
/// nothing measurable. So the directory alone is asked first, and both, as libcurl itself would, when a certificate
/// could not be verified that way: the hashes may be missing, or a certificate was added to the file only.
struct CertificateAuthorities: Sendable, Equatable {
    /// A PEM file.
    var file: String?
    /// A directory prepared by `openssl rehash`.
    var directory: String?

    /// The places libcurl was built with.
    static var system: CertificateAuthorities {
        guard let version = curl_version_info(CURLVERSION_SEVENTH) else { return CertificateAuthorities() }
        return CertificateAuthorities(
            file: version.pointee.cainfo.map { String(cString: $0) },
            directory: version.pointee.capath.map { String(cString: $0) })
    }

    /// Only the directory; `nil` where there is none, or nothing else to fall back to.
    var directoryOnly: CertificateAuthorities? {
        file == nil || directory == nil ? nil : CertificateAuthorities(file: nil, directory: directory)
    }
}
