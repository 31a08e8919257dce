/// Quoting for POSIX shells. Source: POSIX.1-2024, Shell Command Language §2.2.2, Single-Quotes.
enum POSIXShell {
    /// The value as one word of an assignment: as it is where that is safe, in single quotes elsewhere. Between them
    /// every byte stands for itself; a single quote is written outside.
    static func word(_ value: Secret) -> Secret {
        if value.isPlainWord { return value }
        let inner = value.replacingBytes { $0 == UInt8(ascii: "'") ? Array(#"'\''"#.utf8) : nil }
        return "'\(inner)'"
    }
}
