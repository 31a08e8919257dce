/// Quoting for PowerShell. Sources: about_Quoting_Rules; PowerShell Language Specification §2.3.5.2, whose
/// single-quote characters are `'` and U+2018 to U+201B.
enum PowerShell {
    /// The value as a string literal: in double quotes, as the AWS CLI writes it, where nothing in it means anything
    /// there; verbatim in single quotes elsewhere.
    ///
    /// - Throws: ``FormatError/Reason/notUTF8``, since PowerShell's strings are text.
    static func string(_ value: Secret) throws(FormatError.Reason) -> Secret {
        if value.isPlainWord { return "\"\(value)\"" }
        guard value.isUTF8 else { throw .notUTF8 }
        return "'\(doublingSingleQuotes(in: value))'"
    }

    /// PowerShell takes four typographic quotes for `'`, so they are doubled like it.
    private static func doublingSingleQuotes(in value: Secret) -> Secret {
        value.withExposedBytes { bytes in
            var doubled: [UInt8] = []
            doubled.reserveCapacity(bytes.count * 2)
            for byte in bytes {
                doubled.append(byte)
                if byte == UInt8(ascii: "'") {
                    doubled.append(byte)
                } else if (0x98...0x9B).contains(byte), doubled.suffix(3).starts(with: [0xE2, 0x80]) {
                    doubled += [0xE2, 0x80, byte]
                }
            }
            return Secret(bytes: doubled)
        }
    }
}
