package import Domain
import TLSCrypto

/// The first stage of a signature: the request in the one form on which both sides agree.
///
/// Source: IAM User Guide, "Create a signed AWS API request", step 1. The path is encoded once more than it is sent,
/// as every service but S3 wants it.
package struct CanonicalRequest: Sendable {
    /// The six parts, each on its line. A secret, since a session token may be in it.
    package let text: Secret
    /// The names of the signed fields: `host;x-amz-date`.
    package let signedHeaders: String

    /// - Parameter normalizingPath: whether `//`, `.` and `..` are resolved first, as all services but S3 do.
    package init(_ request: SignableRequest, normalizingPath: Bool = true) {
        let headers = CanonicalHeaders(request.fields)
        let path = normalizingPath ? Self.normalized(request.path) : request.path
        signedHeaders = headers.names
        text = """
            \(request.method)
            \(PercentEncoding.encode(path, keeping: [UInt8(ascii: "/")]))
            \(Self.canonicalQuery(request.query))
            \(headers.lines)
            \(headers.names)
            \(Self.hash(of: request.body))
            """
    }

    /// The hash that goes into the string to sign, in lower-case hexadecimal.
    package var hash: String { Self.hash(of: text) }

    /// The lower-case hexadecimal SHA-256 of a body.
    static func hash(of content: Secret) -> String { content.withExposedBytes { Hex.encode(Digest.sha256($0)) } }

    /// Resolves empty, `.` and `..` segments (RFC 3986 §5.2.4). A slash at the end stays.
    private static func normalized(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            switch segment {
            case ".": break
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        let endsWithSlash = path.hasSuffix("/") && !segments.isEmpty
        return "/" + segments.joined(separator: "/") + (endsWithSlash ? "/" : "")
    }

    /// Items encoded anew and sorted by name, then by value: sorting the joined texts would put `Param-3` before `Param`.
    private static func canonicalQuery(_ query: Secret) -> Secret {
        let items = query.withExposedBytes { bytes in
            bytes.split(separator: UInt8(ascii: "&")).map { item in
                let parts = item.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                return (encodingAnew(parts[0]), encodingAnew(parts.count > 1 ? parts[1] : []))
            }
        }
        let sorted = items.sorted { left, right in
            if precedes(left.0, right.0) { return true }
            return !precedes(right.0, left.0) && precedes(left.1, right.1)
        }
        return sorted.reduce("") { text, item in
            text.isEmpty ? "\(item.0)=\(item.1)" : "\(text)&\(item.0)=\(item.1)"
        }
    }

    /// Decodes and encodes, so that `%3a`, `%3A` and `:` come out alike. A `%` that begins no escape stands for itself.
    private static func encodingAnew(_ text: ArraySlice<UInt8>) -> Secret {
        var decoded: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
                let value = UInt8(digits, radix: 16)
            {
                decoded.append(value)
                rest.removeFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return PercentEncoding.encode(Secret(bytes: decoded))
    }

    private static func precedes(_ left: Secret, _ right: Secret) -> Bool {
        left.withExposedBytes { left in right.withExposedBytes { left.lexicographicallyPrecedes($0) } }
    }
}
