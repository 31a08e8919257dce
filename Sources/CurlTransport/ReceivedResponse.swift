import Domain

/// The answer as it comes in, within limits.
struct ReceivedResponse {
    /// The largest header accepted, in bytes. The services' own stay below 4 KiB.
    static let headerLimit = 64 << 10
    /// Room made for a body whose length is not announced.
    private static let usualBody = 16 << 10

    private let bodyLimit: Int
    private var headerCount = 0
    private var headerIsWhole = false
    private var body: [UInt8] = []
    private(set) var fields: [(name: String, value: String)] = []
    /// The limit that was passed, in bytes.
    private(set) var exceededLimit: Int?

    init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

    /// Whether the first byte is there.
    var hasBegun: Bool { headerCount > 0 }

    /// Takes one header line, its end included. `false` where that makes the header too large.
    mutating func receive(headerLine line: UnsafeRawBufferPointer) -> Bool {
        headerCount += line.count
        guard headerCount <= Self.headerLimit else {
            exceededLimit = Self.headerLimit
            return false
        }
        if line.starts(with: "HTTP/".utf8) {
            // A status line: of the answer, or of the real one after an interim 1xx.
            (fields, headerIsWhole) = ([], false)
        } else if line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n") {
            headerIsWhole = true
        } else if !headerIsWhole, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            // What comes after the empty line are trailers, which nothing here uses.
            fields.append((Self.text(line[..<colon]).lowercased(), Self.text(line[(colon + 1)...])))
        }
        return true
    }

    /// Takes a part of the body. `false` where that makes it too large.
    mutating func receive(body part: UnsafeRawBufferPointer) -> Bool {
        guard body.count + part.count <= bodyLimit else {
            exceededLimit = bodyLimit
            return false
        }
        makeRoom(for: body.count + part.count)
        body.append(contentsOf: part)
        return true
    }

    /// Gives the body away, so that only the secret holds its bytes and can wipe them.
    mutating func takeBody() -> Secret {
        let secret = Secret(bytes: body)
        body = []
        return secret
    }

    /// Grows by hand: an array that grows by itself leaves its old bytes behind.
    private mutating func makeRoom(for count: Int) {
        guard count > body.capacity else { return }
        let announced = fields.last { $0.name == "content-length" }.flatMap { Int($0.value) } ?? Self.usualBody
        var larger: [UInt8] = []
        larger.reserveCapacity(max(count, body.capacity * 2, min(announced, bodyLimit)))
        larger.append(contentsOf: body)
        _ = takeBody()
        body = larger
    }

    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = bytes.firstIndex(where: { !isSpace($0) }),
            let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
