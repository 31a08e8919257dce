import Foundation

/// One answer. `Content-Length` and `Date` are added when it is sent.
package struct ServerAnswer: Sendable {
    package var status: Int
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]

    package init(status: Int, fields: [(name: String, value: String)] = [], body: [UInt8] = []) {
        (self.status, self.fields, self.body) = (status, fields, body)
    }

    /// An answer with a text in it.
    package init(status: Int, type: String, _ text: String, fields: [(name: String, value: String)] = []) {
        self.init(status: status, fields: [("Content-Type", type)] + fields, body: Array(text.utf8))
    }

    /// The bytes up to the empty line.
    ///
    /// - Parameters:
    ///   - date: for the `Date` field, by which clients notice that their clock is wrong.
    ///   - closes: whether the connection ends with this answer.
    func head(date: Date, closes: Bool) -> [UInt8] {
        var lines = ["HTTP/1.1 \(status) \(Self.reasons[status] ?? "Status")"]
        lines += fields.map { "\($0.name): \($0.value)" }
        lines.append("Date: \(Self.dateFormat.string(from: date))")
        if status != 204, status != 304 { lines.append("Content-Length: \(body.count)") }
        if closes { lines.append("Connection: close") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// RFC 9110 §5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static let dateFormat = {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format
    }()

    private static let reasons = [
        200: "OK", 203: "Non-Authoritative Information", 204: "No Content", 302: "Found", 400: "Bad Request",
        401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict",
        410: "Gone",
        411: "Length Required",
        413: "Content Too Large", 415: "Unsupported Media Type", 429: "Too Many Requests",
        500: "Internal Server Error", 503: "Service Unavailable",
    ]
}
