import Foundation

extension RequestLog.Record {
    /// Header fields and form parameters whose value is a secret.
    private static let secretNames: Set = ["authorization", "x-amz-security-token", "webidentitytoken"]

    /// The path; of an address for notifications, the last part is what makes it theirs.
    private var shownPath: String {
        guard service == NotificationReceiver.service, let end = request.path.lastIndex(of: "/") else {
            return request.path
        }
        return request.path[...end] + "<redacted>"
    }

    /// One line of JSON without a secret in it.
    package var jsonLine: String {
        let line = Line(
            time: arrived.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
            service: service, operation: operation, method: request.method, path: shownPath,
            query: Self.redacted(request.queryItems), fields: Self.redacted(request.fields),
            parameters: Self.redacted(isForm ? request.formItems : []), bodyBytes: request.body.count,
            tls: request.isTLS, connection: request.connection, fault: fault, status: status)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private struct Line: Encodable {
        let time, service, operation, method, path: String
        let query, fields, parameters: [[String]]
        let bodyBytes: Int
        let tls: Bool
        let connection: Int
        let fault: String?
        let status: Int?
    }

    private var isForm: Bool {
        request.field("content-type")?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
    }

    private static func redacted(_ items: [(name: String, value: String)]) -> [[String]] {
        items.map { [$0.name, secretNames.contains($0.name.lowercased()) ? "<redacted>" : $0.value] }
    }
}
