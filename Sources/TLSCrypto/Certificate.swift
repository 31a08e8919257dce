import COpenSSL
package import Domain
package import FoundationEssentials

/// What there is to know of an X.509 certificate here.
package struct Certificate: Sendable, Equatable {
    /// Room for a subject's text; longer ones are cut.
    private static let subjectLength = 256

    /// The SHA-1 of its DER form, by which IAM pins it.
    package let thumbprint: Thumbprint
    /// Whom it is for, `/C=US/O=Example/CN=Example CA`. Foreign text.
    package let subject: String
    /// When it ends.
    package let notAfter: Date

    /// Reads the certificates of a PEM text in their order; whatever stands between them is passed over.
    ///
    /// - Throws: ``OpenSSLError`` where one of them is malformed.
    package static func chain(pem: String) throws(OpenSSLError) -> [Certificate] {
        // OpenSSL reads the array's memory for as long as the BIO lives.
        let bytes = Array(pem.utf8)
        let result: Result<[Certificate], OpenSSLError> = bytes.withUnsafeBytes { bytes in
            guard let address = bytes.baseAddress else { return .success([]) }
            guard let bio = BIO_new_mem_buf(address, Int32(bytes.count)) else {
                return .failure(.drain(after: "BIO_new_mem_buf"))
            }
            defer { BIO_free(bio) }
            return Result { () throws(OpenSSLError) in try read(bio) }
        }
        return try result.get()
    }

    private static func read(_ bio: OpaquePointer) throws(OpenSSLError) -> [Certificate] {
        ERR_clear_error()
        var chain: [Certificate] = []
        while let certificate = PEM_read_bio_X509(bio, nil, nil, nil) {
            defer { X509_free(certificate) }
            chain.append(try Certificate(certificate))
        }
        // How OpenSSL says that there is no further one.
        let code = ERR_peek_last_error()
        let isEnd = ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE
        let error = OpenSSLError.drain(after: "PEM_read_bio_X509")
        guard isEnd else { throw error }
        return chain
    }

    /// - Parameter x509: stays the caller's.
    private init(_ x509: OpaquePointer) throws(OpenSSLError) {
        var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
        guard X509_digest(x509, EVP_sha1(), &digest, nil) == 1, let thumbprint = Thumbprint(Hex.encode(digest)) else {
            throw .drain(after: "X509_digest")
        }
        var subject = [CChar](repeating: 0, count: Self.subjectLength)
        guard X509_NAME_oneline(X509_get_subject_name(x509), &subject, Int32(subject.count)) != nil else {
            throw .drain(after: "X509_NAME_oneline")
        }
        var end = tm()
        guard ASN1_TIME_to_tm(X509_get0_notAfter(x509), &end) == 1,
            let notAfter = Timestamp(
                year: Int(end.tm_year) + 1900, month: Int(end.tm_mon) + 1, day: Int(end.tm_mday),
                hour: Int(end.tm_hour), minute: Int(end.tm_min), second: Int(end.tm_sec))
        else { throw .drain(after: "ASN1_TIME_to_tm") }
        self.thumbprint = thumbprint
        self.subject = String(decoding: subject.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.notAfter = notAfter.date
    }
}
