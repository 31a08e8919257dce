import CCurl
import Domain

/// One attempt at a pending request. It lives and dies on the loop's thread.
final class Transfer {
    let pending: PendingRequest
    /// Whom to trust.
    let authorities: CertificateAuthorities
    private let configuration: TransportConfiguration
    private let time: any TimeSource
    private let proxy: ProxyConfiguration?
    private var handle: EasyHandle
    private var received: ReceivedResponse
    private var requestSent: Duration?

    /// - Parameters:
    ///   - share: the `CURLSH *` that keeps TLS sessions; it must outlive the transfer.
    /// - Throws: ``HTTPError/configuration(reason:)``.
    init(
        _ pending: PendingRequest, configuration: TransportConfiguration, authorities: CertificateAuthorities,
        share: UnsafeMutableRawPointer, time: any TimeSource
    ) throws(HTTPError) {
        (self.pending, self.authorities) = (pending, authorities)
        (self.configuration, self.time) = (configuration, time)
        let request = pending.request
        proxy = configuration.proxy.flatMap { proxy in
            request.goesToMachineEndpoint || proxy.bypasses(request.url) ? nil : proxy
        }
        received = ReceivedResponse(bodyLimit: request.limits.bodyBytes)
        handle = try EasyHandle()
        try handle.set(CURLOPT_SHARE, share)
        try handle.set(CURLOPT_USERAGENT, configuration.userAgent)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, request.limits.connect.wholeMilliseconds))
        try restrict(to: request)
        try secure()
        try route()
        try describe(request)
        if request.capturesCertificates { try captureCertificates() }
        try observe()
    }

    /// What the multi handle and its messages know this by.
    var raw: UnsafeMutableRawPointer { handle.raw }

    /// The limit that runs out next, and when.
    var expiry: (moment: Duration, phase: HTTPError.Phase) {
        if let requestSent, !received.hasBegun {
            let moment = requestSent + pending.request.limits.firstByte
            if moment < pending.end { return (moment, .firstByte) }
        }
        return (pending.end, .total)
    }

    /// Whether the certificate's chain did not end at an authority that was asked, so that asking more can help.
    func lacksAuthority(after code: CURLcode) -> Bool {
        code == CURLE_PEER_FAILED_VERIFICATION
            && (handle.info(CURLINFO_SSL_VERIFYRESULT) != 0 || handle.info(CURLINFO_PROXY_SSL_VERIFYRESULT) != 0)
    }

    /// The answer, once libcurl is done. To be called once.
    func answer(after code: CURLcode) -> PendingRequest.Answer {
        // Taken in every case, so that a broken answer's bytes are wiped too.
        let body = received.takeBody()
        guard code == CURLE_OK else {
            return .failure(
                TransferFailure(
                    code: code, text: handle.errorText(for: code), url: pending.request.url,
                    caBundle: configuration.caBundle, exceededLimit: received.exceededLimit,
                    proxy: proxy?.url.authority, connectStatus: handle.info(CURLINFO_HTTP_CONNECTCODE),
                    requestWasSent: requestSent != nil
                ).error)
        }
        let status = handle.info(CURLINFO_RESPONSE_CODE)
        return .success(
            HTTPResponse(
                status: status, fields: received.fields, body: body, certificates: handle.presentedCertificates))
    }

    // MARK: - Setting up

    /// Nothing but this one request: no other protocol, no redirect, no signal handler, no rewriting of the path.
    private func restrict(to request: HTTPRequest) throws(HTTPError) {
        let plain = request.url.isLoopback || request.goesToMachineEndpoint ? Int(CURLPROTO_HTTP) : 0
        try handle.set(keyless_CURLOPT_PROTOCOLS, Int(CURLPROTO_HTTPS) | plain)
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_PATH_AS_IS, 1)
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // Without it an abandoned transfer holds up all others until its name is resolved (libcurl 7.87).
        handle.setIfKnown(keyless_CURLOPT_QUICK_EXIT, 1)
    }

    /// TLS 1.2 or newer with a verified certificate, for the server and for a proxy that is spoken to by https.
    private func secure() throws(HTTPError) {
        let oldest = Int(CURL_SSLVERSION_TLSv1_2)
        for option in [CURLOPT_SSLVERSION, CURLOPT_PROXY_SSLVERSION] { try handle.set(option, oldest) }
        for option in [CURLOPT_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYPEER] { try handle.set(option, 1) }
        for option in [CURLOPT_SSL_VERIFYHOST, CURLOPT_PROXY_SSL_VERIFYHOST] { try handle.set(option, 2) }
        for option in [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO] { try handle.set(option, authorities.file) }
        for option in [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] { try handle.set(option, authorities.directory) }
    }

    /// Through the proxy or past it. Set even where there is none: libcurl reads the environment for what is not set.
    private func route() throws(HTTPError) {
        try handle.set(CURLOPT_NOPROXY, "")
        guard let proxy else { return try handle.set(CURLOPT_PROXY, "") }
        let port = proxy.url.port == nil ? ":\(proxy.url.effectivePort)" : ""
        try handle.set(CURLOPT_PROXY, "\(proxy.url.scheme.rawValue)://\(proxy.url.authority)\(port)")
        try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if let user = proxy.user {
            try handle.set(CURLOPT_PROXYUSERNAME, user)
            try handle.set(CURLOPT_PROXYPASSWORD, proxy.password ?? "")
        }
    }

    private func describe(_ request: HTTPRequest) throws(HTTPError) {
        try handle.set(CURLOPT_URL, request.url.text)
        try handle.set(HeaderList(request))
        switch request.method {
        case .head: try handle.set(CURLOPT_NOBODY, 1)
        case .get where request.body.isEmpty: break
        case .delete where request.body.isEmpty: try handle.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        case .get, .post, .put, .delete:
            try handle.set(CURLOPT_POST, 1)
            try handle.set(SecretBuffer(request.body))
            try handle.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
    }

    /// A whole handshake, for nobody else to use: a kept connection or a resumed session presents no certificates.
    private func captureCertificates() throws(HTTPError) {
        for option in [CURLOPT_CERTINFO, CURLOPT_FRESH_CONNECT, CURLOPT_FORBID_REUSE] { try handle.set(option, 1) }
        try handle.set(CURLOPT_SSL_SESSIONID_CACHE, 0)
    }

    /// Callbacks capture nothing: what they need they find behind the pointer, which is good for as long as the
    /// handle, since this object owns both.
    private func observe() throws(HTTPError) {
        let this = Unmanaged.passUnretained(self).toOpaque()
        for option in [CURLOPT_PREREQDATA, CURLOPT_HEADERDATA, CURLOPT_WRITEDATA] { try handle.set(option, this) }
        try handle.set(CURLOPT_PREREQFUNCTION) { context, _, _, _, _ in
            Transfer.from(context)?.willSend() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        try handle.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.from(context)?.received.receive(headerLine: line) == true ? line.count : 0
        }
        try handle.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return Transfer.from(context)?.received.receive(body: part) == true ? part.count : 0
        }
    }

    /// Called when the connection is there. A second call is libcurl's own second try, after a kept connection turned
    /// out to be dead. Whether a POST may be sent twice is not for libcurl to decide: the first may have taken effect.
    private func willSend() -> Bool {
        guard requestSent == nil || pending.request.method != .post else { return false }
        requestSent = time.uptime()
        return true
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
