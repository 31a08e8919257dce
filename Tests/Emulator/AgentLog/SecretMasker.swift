import Domain

/// Hides secrets in the log as the agent does: the value itself, and the forms it takes in JSON, in URLs and behind
/// backslashes; not parts of it, and not its base64.
struct SecretMasker {
    private(set) var values: Set<String> = []

    mutating func add(_ value: String) {
        guard !value.isEmpty else { return }
        values.formUnion([
            value, Self.jsonEscaped(value), Self.uriEscaped(value), value.replacingLiterally("\\", with: #"\\"#),
        ])
    }

    /// The longest first, so that no value leaves the rest of a longer one behind.
    func mask(_ text: String) -> String {
        values.sorted { ($0.count, $0) > ($1.count, $1) }.reduce(text) { $0.replacingLiterally($1, with: "***") }
    }

    private static func jsonEscaped(_ text: String) -> String {
        [("\\", #"\\"#), ("\"", #"\""#), ("\n", #"\n"#), ("\r", #"\r"#), ("\t", #"\t"#)]
            .reduce(text) { $0.replacingLiterally($1.0, with: $1.1) }
    }

    private static func uriEscaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isKept = byte < 0x80 && (character.isLetter || character.isNumber || "-_.~".contains(character))
            return isKept ? String(character) : "%\(Hex.encode([byte]).uppercased())"
        }.joined()
    }
}
