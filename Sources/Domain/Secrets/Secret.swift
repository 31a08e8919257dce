/// A value that must not be seen: a token, a key, a signed header, or a line that contains one.
///
/// It prints as `<redacted>` in every description, dump and interpolation into a `String`, and its bytes are
/// overwritten when the last reference goes. What the wipe cannot reach are copies made by whoever exposed it, so
/// expose it at the last hop only: in the transport, in the signer, in the writer of an output stream.
///
/// Text around a secret is a secret too: `let line: Secret = "AWS_SESSION_TOKEN=\(token)\n"` interpolates both
/// strings and secrets and stays redacted.
package struct Secret: Sendable {
    private let storage: Storage

    /// Owns the bytes. Immutable until `deinit`, which is why sharing it between tasks is safe.
    private final class Storage: @unchecked Sendable {
        fileprivate var bytes: [UInt8]

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        deinit { Secret.wipe(&bytes) }
    }

    /// Takes the bytes as they are.
    package init(bytes: [UInt8]) { storage = Storage(bytes) }

    /// Takes the UTF-8 form of `text`.
    package init(_ text: String) { storage = Storage(Array(text.utf8)) }

    /// The number of bytes.
    package var count: Int { storage.bytes.count }

    /// Whether there are no bytes at all.
    package var isEmpty: Bool { storage.bytes.isEmpty }

    /// Lends the bytes to `body`. They must not be kept, printed or logged.
    package func withExposedBytes<Result, Failure: Error>(
        _ body: ([UInt8]) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage.bytes)
    }

    /// A copy as text, for interfaces that take nothing else. The copy is not wiped.
    package var exposedText: String { String(decoding: storage.bytes, as: UTF8.self) }

    /// Whether a byte for which `predicate` holds occurs, asked without exposing anything.
    package func contains(where predicate: (UInt8) -> Bool) -> Bool { storage.bytes.contains(where: predicate) }

    /// Without the white space and line ends around it, as a file or a variable often carries them.
    package func trimmed() -> Secret {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = storage.bytes.firstIndex(where: { !isSpace($0) }),
            let last = storage.bytes.lastIndex(where: { !isSpace($0) })
        else { return Secret(bytes: []) }
        return Secret(bytes: Array(storage.bytes[first...last]))
    }

    // Never inlined: a store to memory that is about to be freed is otherwise a store the optimiser may drop.
    @inline(never)
    private static func wipe(_ bytes: inout [UInt8]) {
        for index in bytes.indices { bytes[index] = 0 }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: ExpressibleByStringInterpolation {
    /// Collects the parts of an interpolated secret.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            // Large enough for tokens, so that growing seldom leaves an unwiped copy behind.
            bytes.reserveCapacity(literalCapacity + interpolationCount * 2048)
        }

        package mutating func appendLiteral(_ literal: String) { bytes.append(contentsOf: literal.utf8) }

        package mutating func appendInterpolation(_ text: String) { bytes.append(contentsOf: text.utf8) }

        package mutating func appendInterpolation(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

        package mutating func appendInterpolation(_ secret: Secret) {
            secret.withExposedBytes { bytes.append(contentsOf: $0) }
        }
    }

    package init(stringLiteral value: String) { self.init(value) }

    package init(stringInterpolation: StringInterpolation) { self.init(bytes: stringInterpolation.bytes) }
}

extension Secret: Decodable {
    /// Reads a JSON string.
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }
}
