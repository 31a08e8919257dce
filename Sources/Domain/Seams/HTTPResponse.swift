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
