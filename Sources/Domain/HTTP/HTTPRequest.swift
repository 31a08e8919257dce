/// One HTTP request.
package struct HTTPRequest: Sendable {
    /// The methods the services here use.
    package enum Method: String, Sendable {
        case get = "GET", post = "POST", put = "PUT", delete = "DELETE", head = "HEAD"
    }

    /// What a request is for.
    package enum Purpose: Sendable {
        /// A service, on a trusted host.
        case service
        /// The endpoint at which AWS gives a machine or a container its own credentials.
        case machineCredentials
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
    /// Where it may go besides trusted hosts.
    package var purpose = Purpose.service

    package init(
        _ method: Method, _ url: HTTPURL, fields: [HTTPField] = [], body: Secret = "", limits: HTTPLimits
    ) {
        (self.method, self.url, self.fields, self.body, self.limits) = (method, url, fields, body, limits)
    }
}

extension HTTPRequest {
    /// The endpoints of ECS, of EKS (IPv4 and IPv6) and of EC2's instance metadata (IPv4 and IPv6). The addresses are
    /// link-local or AWS's own unique local ones: nothing sent to them leaves the machine's network.
    private static let machineEndpoints: Set<String> = [
        "169.254.170.2", "169.254.170.23", "fd00:ec2::23", "169.254.169.254", "fd00:ec2::254",
    ]

    /// Whether it asks for the machine's own credentials where AWS hands them out. Those endpoints speak plain http on
    /// the standard port, without a proxy; no other request may reach them, and no other address counts as one.
    package var goesToMachineEndpoint: Bool {
        purpose == .machineCredentials && url.scheme == .http && url.port == nil
            && Self.machineEndpoints.contains(url.host)
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

/// A whole HTTP answer.
package struct HTTPResponse: Sendable {
    /// The status code, 100 to 599.
    package let status: Int
    /// Header fields in the order received, names lower case.
    package let fields: [(name: String, value: String)]
    /// The body, a secret because credentials travel in it.
    package let body: Secret
    /// The certificates as the server presented them, leaf first, in PEM. Empty unless the request asked for them
    /// (``HTTPRequest/capturesCertificates``).
    package let certificates: String

    package init(status: Int, fields: [(name: String, value: String)], body: Secret, certificates: String = "") {
        (self.status, self.fields, self.body, self.certificates) = (status, fields, body, certificates)
    }

    /// The first field of that name; `name` is lower case.
    package func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}
