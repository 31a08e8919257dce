import CCurl
import Domain

/// Owns one `CURL *`, and all memory that libcurl reads or writes through pointers for as long as it lives.
struct EasyHandle: ~Copyable {
    /// What the multi handle and its messages know the transfer by.
    let raw: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var headers: HeaderList?
    private var body: SecretBuffer?

    init() throws(HTTPError) {
        guard let raw = curl_easy_init() else {
            throw .configuration(reason: "libcurl has no memory for another transfer")
        }
        self.raw = raw
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        // Were it refused, the general words would do.
        _ = keyless_curl_set_pointer(raw, CURLOPT_ERRORBUFFER, errorText)
    }

    // Before the members go: libcurl must not find its pointers dangling.
    deinit {
        curl_easy_cleanup(raw)
        errorText.deallocate()
    }

    /// What went wrong, in libcurl's words: its error buffer, or its general words for `code` where that is empty.
    func errorText(for code: CURLcode) -> String {
        errorText.pointee == 0 ? CurlLibrary.text(of: code) : String(cString: errorText)
    }

    func set(_ option: CURLoption, _ value: String?) throws(HTTPError) {
        try check(keyless_curl_set_string(raw, option, value), option)
    }

    func set(_ option: CURLoption, _ value: Secret) throws(HTTPError) {
        try check(SecretBuffer(value).withCString { keyless_curl_set_string(raw, option, $0) }, option)
    }

    func set(_ option: CURLoption, _ value: Int) throws(HTTPError) {
        try check(keyless_curl_set_long(raw, option, value), option)
    }

    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) throws(HTTPError) {
        try check(keyless_curl_set_pointer(raw, option, value), option)
    }

    func set(_ option: CURLoption, _ callback: @escaping curl_write_callback) throws(HTTPError) {
        try check(keyless_curl_set_data_callback(raw, option, callback), option)
    }

    func set(_ option: CURLoption, _ callback: @escaping curl_prereq_callback) throws(HTTPError) {
        try check(keyless_curl_set_prereq_callback(raw, option, callback), option)
    }

    /// Sets an option that libcurl 7.81 does not have yet, where it is only an improvement.
    func setIfKnown(_ option: CURLoption, _ value: Int) {
        _ = keyless_curl_set_long(raw, option, value)
    }

    /// Sets the header lines, which libcurl does not copy.
    mutating func set(_ headers: consuming HeaderList) throws(HTTPError) {
        if let head = headers.head { try set(CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(head)) }
        self.headers = consume headers
    }

    /// Sets the bytes to send, which libcurl does not copy either.
    mutating func set(_ body: consuming SecretBuffer) throws(HTTPError) {
        try set(CURLOPT_POSTFIELDSIZE, body.count)
        try check(body.withCString { keyless_curl_set_pointer(raw, CURLOPT_POSTFIELDS, $0) }, CURLOPT_POSTFIELDS)
        self.body = consume body
    }

    /// A number libcurl knows about the transfer, 0 where it does not.
    func info(_ info: CURLINFO) -> Int {
        var value = 0
        return keyless_curl_get_long(raw, info, &value) == CURLE_OK ? value : 0
    }

    /// The certificates that the server presented in this transfer's handshake, leaf first, in PEM. Empty unless
    /// `CURLOPT_CERTINFO` was set.
    ///
    /// libcurl takes them from `SSL_get_peer_cert_chain`: what the server sent, not the chain that verifying it built.
    var presentedCertificates: String {
        var info: UnsafeMutablePointer<curl_certinfo>?
        guard keyless_curl_get_certificates(raw, CURLINFO_CERTINFO, &info) == CURLE_OK, let info = info?.pointee
        else { return "" }
        // A list of "Name:value" for each certificate, one of which is the certificate itself.
        return UnsafeBufferPointer(start: info.certinfo, count: Int(info.num_of_certs)).map { list in
            var node = list
            while let entry = node?.pointee {
                let text = String(cString: entry.data)
                if text.hasPrefix("Cert:") { return String(text.dropFirst("Cert:".count)) }
                node = entry.next
            }
            return ""
        }.joined()
    }

    private func check(_ code: CURLcode, _ option: CURLoption) throws(HTTPError) {
        guard code == CURLE_OK else {
            throw .configuration(reason: "libcurl refuses its option \(option.rawValue): \(CurlLibrary.text(of: code))")
        }
    }
}
