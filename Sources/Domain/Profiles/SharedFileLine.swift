/// A line of a shared config or credentials file, and what the AWS parsers take it for.
///
/// They agree on what matters here: comments begin with `#` or `;`, a line indented deeper than the property before it
/// continues that property, a property's name is the same in any case of letters. Where they do not, this follows
/// botocore, whose `configparser` reads more files than the others: `:` is a delimiter besides `=`, and a whole section
/// may be indented.
struct SharedFileLine {
    enum Kind: Equatable {
        /// `[name]`, of the config file `[profile name]`. Exact where botocore reads the same name as the others: it keeps
        /// spaces inside the brackets, which they trim, and goes to the last bracket of the line.
        case header(isExact: Bool)
        case property
        /// More of the property before it.
        case continuation
        /// Blank, a comment, or nothing a parser knows.
        case other
    }

    let kind: Kind
    /// The profile whose section the line is in; `nil` before the first header, and in a section that is no profile's.
    let profile: String?
    /// Counts the headers so far.
    let section: Int
    /// The property's name in lower case, of a property and of its continuations.
    let key: String?
    let text: Secret
    /// `\n`, `\r\n`, or nothing at the end of the file.
    let lineEnd: String

    var isHeader: Bool { if case .header = kind { true } else { false } }
    var isBlank: Bool { !text.contains { !Self.isSpace($0) } }

    /// What follows the delimiter of a property.
    var value: Secret {
        text.withExposedBytes { bytes in
            let delimiter = bytes.firstIndex(where: Self.isDelimiter) ?? bytes.endIndex
            return Secret(bytes: Array(Self.trimmed(bytes[delimiter...].dropFirst())))
        }
    }

    /// The same property with another value. Its indentation stays, since the lines around it may count on it.
    func replacingValue(key: String, _ value: Secret) -> SharedFileLine {
        let indentation = text.withExposedBytes { String(decoding: $0.prefix(while: Self.isSpace), as: UTF8.self) }
        return SharedFileLine(
            kind: kind, profile: profile, section: section, key: key, text: "\(indentation)\(key) = \(value)",
            lineEnd: lineEnd)
    }

    /// The lines of a file, without a byte order mark. Put together again they are the file.
    static func lines(of bytes: ArraySlice<UInt8>, in file: ProfileDocument.Kind) -> [SharedFileLine] {
        var lines: [SharedFileLine] = []
        // The last header or property, which is what a line belongs to, and how deep that property is indented.
        var owner: SharedFileLine?
        var depth: Int?
        var rest = bytes
        while !rest.isEmpty {
            var text = rest.prefix { $0 != 0x0A }
            let isLast = text.endIndex == rest.endIndex
            rest = rest[(isLast ? text.endIndex : text.endIndex + 1)...]
            let lineEnd = isLast ? "" : text.last == 0x0D ? "\r\n" : "\n"
            if lineEnd == "\r\n" { text.removeLast() }

            let line = SharedFileLine(text, in: file, lineEnd: lineEnd, owner: owner, depth: depth)
            lines.append(line)
            switch line.kind {
            case .header: (owner, depth) = (line, nil)
            case .property: (owner, depth) = (line, text.prefix(while: isSpace).count)
            case .continuation, .other: break
            }
        }
        return lines
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let last = bytes.lastIndex(where: { !isSpace($0) }) else { return [] }
        return bytes[...last].drop(while: isSpace)
    }
}

extension SharedFileLine {
    /// Finds out what a line is.
    ///
    /// - Parameters:
    ///   - owner: the header or property before it.
    ///   - depth: how deep that is indented; `nil` where it is no property.
    private init(
        _ text: ArraySlice<UInt8>, in file: ProfileDocument.Kind, lineEnd: String, owner: SharedFileLine?, depth: Int?
    ) {
        var (kind, profile, section, key) = (Kind.other, owner?.profile, owner?.section ?? 0, String?.none)
        let content = Self.trimmed(text)
        if content.isEmpty || content.first == UInt8(ascii: "#") || content.first == UInt8(ascii: ";") {
            // A comment wherever it stands, even between a property and its continuation.
        } else if let depth, text.prefix(while: Self.isSpace).count > depth {
            (kind, key) = (.continuation, owner?.key)
        } else if content.first == UInt8(ascii: "["), let close = content.firstIndex(of: UInt8(ascii: "]")) {
            let inside = content[..<close].dropFirst()
            let name = Self.trimmed(inside)
            kind = .header(isExact: name == inside && close == content.lastIndex(of: UInt8(ascii: "]")))
            (profile, section) = (Self.profile(named: name, in: file), section + 1)
        } else if let delimiter = content.firstIndex(where: Self.isDelimiter) {
            kind = .property
            key = String(decoding: Self.trimmed(content[..<delimiter]), as: UTF8.self).lowercased()
        }
        self.init(
            kind: kind, profile: profile, section: section, key: key, text: Secret(bytes: Array(text)),
            lineEnd: lineEnd)
    }

    /// Whose section a header begins: `[name]` in the credentials file, `[default]` and `[profile name]` in the other,
    /// where a name may stand in quotes.
    private static func profile(named name: ArraySlice<UInt8>, in file: ProfileDocument.Kind) -> String? {
        let text = String(decoding: name, as: UTF8.self)
        if file == .credentials || text == "default" { return text }
        let prefix = "profile".utf8
        let rest = name.dropFirst(prefix.count)
        guard name.starts(with: prefix), rest.first.map(isSpace) == true else { return nil }
        let words = try? ShellWords.split(String(decoding: rest, as: UTF8.self))
        return words?.count == 1 ? words?.first : nil
    }
}
