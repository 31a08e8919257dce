/// One HTTP request.
package struct HTTPRequest: Sendable {
    /// The methods the services here use.
    package enum Method: String, Sendable {
        case get = "GET", post = "POST", put = "PUT", delete = "DELETE", head = "HEAD"
    }

    package var method: Method
    package var url: HTTPURL
    /// In the order they are sent. `Host` and `Content-Length` are the transport's.
    package var fields: [HTTPField]
    /// The body's bytes; empty for none. A secret, because tokens travel in it.
    package var body: Secret
    package var limits: HTTPLimits
    /// Whether the answer shall tell which certificates the server presented. Such a request has a connection of its
    /// own, since one that is used again, or that resumes a TLS session, presents none.
    package var capturesCertificates = false

    package init(
        _ method: Method, _ url: HTTPURL, fields: [HTTPField] = [], body: Secret = "", limits: HTTPLimits
    ) {
        (self.method, self.url, self.fields, self.body, self.limits) = (method, url, fields, body, limits)
    }
}

/// One header field. Its value is held as a ``Secret``, since `Authorization` is one.
package struct HTTPField: Sendable {
    package let name: String
    package let value: Secret

    package init(_ name: String, _ value: Secret) { (self.name, self.value) = (name, value) }
}

/// How long and how large one attempt may be.
package struct HTTPLimits: Sendable {
    /// From start to the last byte of the answer.
    package var total: Duration
    /// Until the connection is there, TLS included.
    package var connect: Duration
    /// From the moment the request is on its way until the first byte of the answer.
    package var firstByte: Duration
    /// The largest body accepted, in bytes.
    package var bodyBytes: Int

    package init(
        total: Duration, connect: Duration = .seconds(5), firstByte: Duration = .seconds(15), bodyBytes: Int = 1 << 20
    ) {
        (self.total, self.connect, self.firstByte, self.bodyBytes) = (total, connect, firstByte, bodyBytes)
    }
}
