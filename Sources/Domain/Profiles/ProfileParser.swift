/// Reads the lines of a config or credentials file, one after the other.
struct ProfileParser {
    private typealias SyntaxError = ProfileDocument.SyntaxError

    /// What a header's name stands for.
    private enum Section: Hashable {
        case profile(String)
        /// `[default]` of the config file.
        case bareDefault
        case ssoSession(String)
    }

    /// The property that indented lines continue.
    private struct Owner {
        /// `nil` where its name is not valid.
        let key: String?
        let indentation: Int
        /// Whether it has no value of its own, so that what follows are properties below it.
        let isParent: Bool
    }

    private let kind: ProfileDocument.Kind
    private var sections: [Section: ProfileDocument.Properties] = [:]
    private(set) var warnings: [ProfileDocument.Warning] = []

    private var line = 0
    private var hasHeader = false
    /// `nil` where the present section is passed over.
    private var section: Section?
    private var owner: Owner?
    private var bareDefaultLine = 0

    init(kind: ProfileDocument.Kind) { self.kind = kind }

    mutating func read(_ bytes: [UInt8]) throws(ProfileDocument.SyntaxError) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.dropFirst(bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0)
        for part in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            try read(line: part)
        }
    }

    /// What was read. `[profile default]` takes the place of all `[default]`.
    mutating func result() -> (
        profiles: [String: ProfileDocument.Properties], ssoSessions: [String: ProfileDocument.Properties]
    ) {
        var profiles: [String: ProfileDocument.Properties] = [:]
        var ssoSessions: [String: ProfileDocument.Properties] = [:]
        for (section, properties) in sections {
            switch section {
            case .profile(let name): profiles[name] = properties
            case .ssoSession(let name): ssoSessions[name] = properties
            case .bareDefault: break
            }
        }
        if let bare = sections[.bareDefault] {
            if profiles["default"] == nil {
                profiles["default"] = bare
            } else {
                warnings.append(.init(line: bareDefaultLine, reason: .overriddenDefault))
            }
        }
        return (profiles, ssoSessions)
    }

    private mutating func read(line text: ArraySlice<UInt8>) throws(SyntaxError) {
        let content = Self.trimmed(text)
        if content.isEmpty || Self.beginsComment(content) { return }
        let indentation = text.prefix(while: Self.isSpace).count
        if let owner, indentation > owner.indentation {
            try continueProperty(owner, content)
        } else if content.first == UInt8(ascii: "[") {
            try readHeader(content)
        } else {
            try readProperty(content, indentation: indentation)
        }
    }

    private mutating func readHeader(_ content: ArraySlice<UInt8>) throws(SyntaxError) {
        guard let close = content.firstIndex(of: UInt8(ascii: "]")) else { throw error(.unterminatedSection) }
        let rest = Self.trimmed(content[(close + 1)...])
        guard rest.isEmpty || Self.beginsComment(rest) else { throw error(.unterminatedSection) }
        section = section(named: Self.trimmed(content[..<close].dropFirst()))
        (hasHeader, owner) = (true, nil)
        if let section, sections[section] == nil { sections[section] = [:] }
        if section == .bareDefault { bareDefaultLine = line }
    }

    /// What the text between the brackets names; `nil`, with a warning, where tools pass it over.
    private mutating func section(named text: ArraySlice<UInt8>) -> Section? {
        let prefix = String(decoding: text.prefix { !Self.isSpace($0) }, as: UTF8.self)
        let rest = Self.trimmed(text.dropFirst(prefix.utf8.count))
        switch (kind, prefix) {
        case (.config, "default") where rest.isEmpty: return .bareDefault
        case (.config, "profile") where !rest.isEmpty: return name(rest).map { .profile($0) }
        case (.config, "sso-session") where !rest.isEmpty: return name(rest).map { .ssoSession($0) }
        case (.config, _): return warn(.unknownSection)
        case (.credentials, "profile") where !rest.isEmpty: return warn(.needlessPrefix)
        case (.credentials, _): return name(text).map { .profile($0) }
        }
    }

    /// A name as it stands, or any text in quotes, which the AWS CLI writes around names with spaces.
    private mutating func name(_ bytes: ArraySlice<UInt8>) -> String? {
        if kind == .config, let quote = bytes.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            let inside = bytes.dropFirst().dropLast()
            guard bytes.count > 2, bytes.last == quote, !inside.contains(quote), !inside.contains(UInt8(ascii: "\\"))
            else { return warn(.invalidName) }
            return String(decoding: inside, as: UTF8.self)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return SharedFileText.isValidName(text) ? text : warn(.invalidName)
    }

    private mutating func readProperty(_ content: ArraySlice<UInt8>, indentation: Int) throws(SyntaxError) {
        guard hasHeader else { throw error(.outsideSection) }
        let code = Self.withoutComment(content)
        guard let (name, value) = Self.split(code) else {
            throw error(indentation > 0 ? .continuationOutsideProperty : .propertyWithoutEqualsSign)
        }
        guard !name.isEmpty else { throw error(.propertyWithoutName) }
        var key: String? = String(decoding: name, as: UTF8.self).lowercased()
        if key.map(SharedFileText.isValidName) == false { key = warn(.invalidPropertyName) }
        owner = Owner(key: key, indentation: indentation, isParent: value.isEmpty)
        if let section, let key { sections[section]?[key] = Secret(bytes: Array(value)) }
    }

    /// Adds the line, comments included, to the value that it continues.
    private mutating func continueProperty(_ owner: Owner, _ content: ArraySlice<UInt8>) throws(SyntaxError) {
        if owner.isParent {
            guard let (name, _) = Self.split(content) else { throw error(.subPropertyWithoutEqualsSign) }
            guard !name.isEmpty else { throw error(.subPropertyWithoutName) }
        }
        guard let section, let key = owner.key, let value = sections[section]?[key] else { return }
        sections[section]?[key] = "\(value)\n\(Secret(bytes: Array(content)))"
    }

    private func error(_ reason: SyntaxError.Reason) -> SyntaxError { SyntaxError(line: line, reason: reason) }

    private mutating func warn<Value>(_ reason: ProfileDocument.Warning.Reason) -> Value? {
        warnings.append(.init(line: line, reason: reason))
        return nil
    }

    private static func split(_ text: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
        guard let sign = text.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        return (trimmed(text[..<sign]), trimmed(text[(sign + 1)...]))
    }

    /// A comment in a property's line begins behind white space only: `a#b` is a value.
    private static func withoutComment(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = text.indices.dropFirst().first { isSpace(text[$0 - 1]) && beginsComment(text[$0...]) }
        return text[..<(start ?? text.endIndex)]
    }

    private static func beginsComment(_ text: ArraySlice<UInt8>) -> Bool {
        text.first == UInt8(ascii: "#") || text.first == UInt8(ascii: ";")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let last = bytes.lastIndex(where: { !isSpace($0) }) else { return [] }
        return bytes[...last].drop(while: isSpace)
    }
}
