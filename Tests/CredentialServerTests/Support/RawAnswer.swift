import Foundation

/// An answer as it came.
struct RawAnswer: Sendable {
    let text: String
    let statusLine: String
    let fields: [String]
    let body: String

    var code: Int { Int(statusLine.split(separator: " ").dropFirst().first ?? "") ?? 0 }
    var endsConnection: Bool { fields.contains("Connection: close") }
    var json: [String: String] { (try? JSONDecoder().decode([String: String].self, from: Data(body.utf8))) ?? [:] }

    /// Takes one whole answer off the front; `nil` where it is not all there.
    init?(takenFrom bytes: inout [UInt8], hasBody: Bool) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let length = lines.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
        let count = text[..<end.upperBound].utf8.count + (hasBody ? length : 0)
        guard bytes.count >= count else { return nil }
        self.text = String(decoding: bytes.prefix(count), as: UTF8.self)
        (statusLine, fields) = (lines[0], Array(lines.dropFirst()))
        body = String(self.text[self.text.index(self.text.startIndex, offsetBy: text[..<end.upperBound].count)...])
        bytes.removeFirst(count)
    }
}
