/// One request as it arrived, whole.
package struct ServerRequest: Sendable {
    package let method: String
    /// The request target as sent: path and query, not decoded.
    package let target: String
    /// Header fields in the order received, names as sent.
    package let fields: [(name: String, value: String)]
    package let body: [UInt8]
    /// Whether it came over TLS.
    package let isTLS: Bool
    /// Whether the client lets the connection live on.
    let keepsAlive: Bool
    /// The number of the connection, from 1 on, and of the request on this server, from 1 on.
    package let connection: Int
    package let number: Int

    /// The target before the `?`, not decoded.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The target after the `?`, not decoded; `nil` where there is none.
    package var query: String? { target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) } }

    /// The value of the only field of that name; `nil` where there is none, joined by `,` where there are more.
    package func field(_ name: String) -> String? {
        let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }

    /// The query's items, decoded.
    package var queryItems: [(name: String, value: String)] { FormDecoding.items(query ?? "") }

    /// The body's items where it is a form (`application/x-www-form-urlencoded`), decoded.
    package var formItems: [(name: String, value: String)] { FormDecoding.items(String(decoding: body, as: UTF8.self)) }
}
