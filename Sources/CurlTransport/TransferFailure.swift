import CCurl
import Domain

/// How libcurl ended a transfer that did not succeed, and what that means to whoever sent the request.
struct TransferFailure {
    /// The code OpenSSL 3 gives a peer that hangs up (`SSL_R_UNEXPECTED_EOF_WHILE_READING` of `ERR_LIB_SSL`).
    private static let unexpectedEnd: UInt32 = 0x0A00_0126

    let code: CURLcode
    /// libcurl's own words.
    let text: String
    /// The host and the CA file of the request, for the message.
    let url: HTTPURL
    let caBundle: String?
    /// The limit the answer passed, in bytes.
    let exceededLimit: Int?
    /// `host:port` of the proxy the request went through.
    let proxy: String?
    /// The status of the proxy's answer to CONNECT, 0 for none.
    let connectStatus: Int
    /// Whether the connection was there and the request on its way.
    let requestWasSent: Bool

    /// The one switch over libcurl's results. `CURLE_OPERATION_TIMEDOUT` can only be the connect time-out, since the
    /// other limits are the loop's own.
    var error: HTTPError {
        let host = url.host
        if let exceededLimit { return .tooLarge(host: host, limit: exceededLimit) }
        switch code {
        case CURLE_OPERATION_TIMEDOUT: return .timedOut(host: host, phase: .connect)
        case CURLE_COULDNT_RESOLVE_HOST: return .cannotResolve(host: host)
        case CURLE_SSL_CACERT_BADFILE:
            return .configuration(
                reason: "the CA file \(caBundle ?? "of the system") cannot be read or has no certificate in it")
        default: break
        }
        if let proxy, !requestWasSent, connectStatus / 100 != 2 {
            return .proxy(
                reason: connectStatus == 0
                    ? "\(proxy): \(reason)" : "\(proxy) refused to connect to \(host), with status \(connectStatus)")
        }
        switch code {
        case CURLE_COULDNT_CONNECT: return .cannotConnect(host: host, reason: reason)
        case CURLE_SSL_CONNECT_ERROR where !isRefusal: return .connectionLost(host: host, reason: reason)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CLIENTCERT:
            return .tls(host: host, reason: reason)
        case CURLE_ABORTED_BY_CALLBACK:
            return .connectionLost(host: host, reason: "the connection was closed before an answer came")
        default: return .connectionLost(host: host, reason: reason)
        }
    }

    /// Whether OpenSSL had something to say against the handshake. A peer or a network that just went away during the
    /// handshake has the same `CURLE_SSL_CONNECT_ERROR`, yet may be there on the next try.
    private var isRefusal: Bool {
        guard let prefix = text.ranges(of: "error:").last else { return false }
        let code = UInt32(text[prefix.upperBound...].prefix { $0 != ":" }, radix: 16)
        return code != Self.unexpectedEnd
    }

    /// The text without anything foreign or secret: libcurl quotes hosts, and certificates' names, but a path or a
    /// query must never get through, whatever a version may quote.
    private var reason: String {
        let quotesRequest = url.path.count > 1 && text.contains(url.path) || url.query.map(text.contains) == true
        return ForeignText.clean(quotesRequest ? CurlLibrary.text(of: code) : text, limit: 300)
    }
}
