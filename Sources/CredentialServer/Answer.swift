import Domain
import NIOCore
import NIOHTTP1

/// An answer as bytes. It is the same for every caller, so it is written once.
struct Answer {
    /// The whole of it, for a connection that stays.
    private(set) var bytes: ByteBuffer
    /// Where the header fields begin.
    private let fields: Int
    /// Where the body begins.
    private let body: Int

    /// - Parameter document: a JSON object.
    static func credentials(_ document: Secret) -> Answer {
        document.withExposedBytes { Answer(.ok, $0) }
    }

    /// What is said where there are no credentials.
    ///
    /// - Parameter code: for programs; the SDKs print both.
    static func error(_ status: HTTPResponseStatus, _ code: String, _ message: String) -> Answer {
        let body = JSONValue.members(["code": .text(code), "message": .text(ForeignText.clean(message, limit: 1000))])
        return Answer(status, Array(body.json(order: ["code", "message"]).utf8))
    }

    private init(_ status: HTTPResponseStatus, _ document: [UInt8]) {
        let statusLine = "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n"
        var head = "Content-Type: application/json\r\nContent-Length: \(document.count)\r\nCache-Control: no-store\r\n"
        if status == .methodNotAllowed { head += "Allow: GET\r\n" }
        head += "\r\n"
        fields = statusLine.utf8.count
        body = fields + head.utf8.count
        bytes = ByteBufferAllocator().buffer(capacity: body + document.count)
        bytes.writeString(statusLine)
        bytes.writeString(head)
        bytes.writeBytes(document)
    }

    /// The same for a connection that ends with it, in pieces that share its memory.
    ///
    /// - Parameter method: of the request: what answers a `HEAD` has no body (RFC 9110 §9.3.2).
    func last(for method: HTTPMethod) -> [ByteBuffer] {
        let end = method == .HEAD ? body : bytes.writerIndex
        return [
            bytes.getSlice(at: 0, length: fields), ByteBuffer(string: "Connection: close\r\n"),
            bytes.getSlice(at: fields, length: end - fields),
        ].compactMap { $0 }
    }

    // Never inlined: a store to memory that is about to be freed is otherwise a store the optimiser may drop.
    /// Overwrites the bytes, but where some are still on their way to a caller.
    @inline(never)
    mutating func wipe() { bytes.setRepeatingByte(0, count: bytes.writerIndex, at: 0) }
}
