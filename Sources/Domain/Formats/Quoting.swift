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

/// Quoting for fish. Source: fish documentation, "The fish language", Quotes.
enum FishShell {
    /// The value in double quotes, as the AWS CLI writes it. `\`, `"` and `$` are all that means something there.
    static func string(_ value: Secret) -> Secret {
        let inner = value.replacingBytes { byte in
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "$"): [UInt8(ascii: "\\"), byte]
            default: nil
            }
        }
        return "\"\(inner)\""
    }
}

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

/// Lines for cmd.exe. Source: Windows Commands reference, `set` and `cmd`; Microsoft support article 830473, "Command
/// prompt line string limitation".
enum WindowsCommandPrompt {
    /// The longest line cmd.exe reads, in characters.
    private static let longestLine = 8191

    /// `set NAME=value`, as the AWS CLI writes it; `set "NAME=value"` where the value has spaces or one of `&|<>^()`,
    /// which mean nothing between quotes. A batch file and a prompt read both the same.
    ///
    /// What cannot be written for both:
    /// - `%`, which a batch file wants doubled and a prompt does not;
    /// - `!`, which delayed expansion takes, where it is on, quoted or not;
    /// - `"`, which ends the quotes, there being no escape in them;
    /// - characters beyond ASCII, which depend on the console's code page, and control characters.
    ///
    /// - Throws: ``FormatError/Reason/character`` for those, ``FormatError/Reason/tooLong``.
    static func set(_ name: String, to value: Secret) throws(FormatError.Reason) -> Secret {
        let isRefused: (UInt8) -> Bool = {
            switch $0 {
            case UInt8(ascii: "%"), UInt8(ascii: "!"), UInt8(ascii: "\""): true
            default: !(0x20...0x7E).contains($0)
            }
        }
        if value.contains(where: isRefused) { throw .character }
        let line: Secret = value.isPlainWord ? "set \(name)=\(value)" : "set \"\(name)=\(value)\""
        if line.count > longestLine { throw .tooLong }
        return line
    }
}

/// Values of `.env` files, written so that all their readers agree. There is no standard: what holds is what
/// compose-go, python-dotenv, dotenv and `--env-file` of Node.js, and `.` of a POSIX shell have in common.
enum Dotenv {
    /// The value as it is where that is safe, in single quotes elsewhere.
    ///
    /// What the readers disagree on, even between single quotes:
    /// - `'`, which compose-go and python-dotenv want as `\'` and a shell does not;
    /// - `\`, an escape before `'` and `\` in python-dotenv, before `'` in compose-go, and itself in a shell;
    /// - `$`, since python-dotenv expands `${NAME}` in any quotes, as dotenv-expand does `$NAME`.
    ///
    /// - Throws: ``FormatError/Reason/character`` for those, ``FormatError/Reason/notUTF8``.
    static func value(_ value: Secret) throws(FormatError.Reason) -> Secret {
        if value.isPlainWord { return value }
        guard value.isUTF8 else { throw .notUTF8 }
        let isDisputed: (UInt8) -> Bool = {
            $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "$")
        }
        if value.contains(where: isDisputed) { throw .character }
        return "'\(value)'"
    }
}

extension Secret {
    /// Whether every shell and parser here reads the bytes as they are, without quotes: letters, digits and `+/_.:-`,
    /// then any number of `=`. That is base64, key ids, regions and times; elsewhere `=` can begin an expansion (zsh).
    var isPlainWord: Bool {
        withExposedBytes { bytes in
            guard let last = bytes.lastIndex(where: { $0 != UInt8(ascii: "=") }) else { return false }
            return bytes[...last].allSatisfy { $0.isASCIILetterOrDigit(or: "+/_.:-") }
        }
    }

    /// Whether the bytes are well-formed UTF-8.
    var isUTF8: Bool { withExposedBytes { String(validating: $0, as: UTF8.self) != nil } }

    /// With every byte for which `replacement` gives something replaced by that.
    func replacingBytes(_ replacement: (UInt8) -> [UInt8]?) -> Secret {
        withExposedBytes { bytes in
            var replaced: [UInt8] = []
            // Room for the worst there is, `\u0000`, so that growing leaves no unwiped copy behind.
            replaced.reserveCapacity(bytes.count * 6)
            for byte in bytes {
                if let other = replacement(byte) { replaced += other } else { replaced.append(byte) }
            }
            return Secret(bytes: replaced)
        }
    }
}
