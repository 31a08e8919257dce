import Domain

/// The fields that are signed, in their canonical form: names in lower case and sorted, values trimmed, repeated
/// fields joined in the order they are sent.
struct CanonicalHeaders: Sendable {
    /// What a proxy may change or a transport may add on its own is not signed (as botocore's signers have it).
    private static let unsigned: Set<String> = [
        "authorization", "connection", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
        "user-agent", "x-amzn-trace-id",
    ]

    /// `host;x-amz-date`.
    let names: String
    /// `host:sts.amazonaws.com\n…`, each line ended. A secret, since a session token may be among the values.
    let lines: Secret

    init(_ fields: [HTTPField]) {
        var values: [String: Secret] = [:]
        for field in fields {
            let name = field.name.lowercased()
            guard !Self.unsigned.contains(name), !name.hasPrefix("proxy-") else { continue }
            let value = Self.collapsingSpace(in: field.value)
            values[name] = values[name].map { "\($0),\(value)" } ?? value
        }
        let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        names = sorted.map(\.key).joined(separator: ";")
        lines = sorted.reduce("") { "\($0)\($1.key):\($1.value)\n" }
    }

    /// Without white space at the ends, and with one space for each run of it inside: a folded line is such a run.
    private static func collapsingSpace(in value: Secret) -> Secret {
        value.withExposedBytes { bytes in
            let words = bytes.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
            return Secret(bytes: Array(words.joined(separator: [0x20])))
        }
    }
}
