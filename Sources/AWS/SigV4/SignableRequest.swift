package import Domain

/// A request as Signature Version 4 sees it: the parts of the request line, the fields and the body.
///
/// The path and the query are taken as they stand in the request line, whatever bytes they hold.
package struct SignableRequest: Sendable {
    /// Upper case.
    package var method: String
    /// Begins with `/`, encoded as it is sent.
    package var path: String
    /// Without the `?`, encoded as it is sent; empty for none. A secret, since a session token may be in it.
    package var query: Secret
    /// `Host` included.
    package var fields: [HTTPField]
    /// Empty for none.
    package var body: Secret

    /// Takes the parts as they stand.
    package init(method: String, path: String, query: Secret = "", fields: [HTTPField], body: Secret = "") {
        (self.method, self.path, self.query) = (method, path, query)
        (self.fields, self.body) = (fields, body)
    }

    /// The request, with the `Host` field the transport will send.
    package init(_ request: HTTPRequest) {
        self.init(
            method: request.method.rawValue, path: request.url.path, query: Secret(request.url.query ?? ""),
            fields: [HTTPField("Host", Secret(request.url.authority))] + request.fields, body: request.body)
    }
}
