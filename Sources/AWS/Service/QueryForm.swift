import Domain

/// A call in AWS's query protocol: a form with the operation, the API's version and the parameters.
struct QueryForm: Sendable {
    /// The content type the body is sent as.
    static let contentType: Secret = "application/x-www-form-urlencoded; charset=utf-8"

    let action: String
    /// Percent-encoded. A secret, since a token may be among the parameters.
    private(set) var body: Secret
    /// The token among the parameters, which no error may carry.
    private(set) var token: Secret?

    init(action: String, version: String) {
        self.action = action
        body = "Action=\(action)&Version=\(version)"
    }

    /// Adds a parameter that is a token.
    mutating func append(token: Secret, as name: String) {
        self.token = token
        append(name, token)
    }

    /// Adds a parameter; nothing where there is no value.
    mutating func append(_ name: String, _ value: Secret?) {
        guard let value else { return }
        body = "\(body)&\(PercentEncoding.encode(name))=\(PercentEncoding.encodeForm(value))"
    }
}
