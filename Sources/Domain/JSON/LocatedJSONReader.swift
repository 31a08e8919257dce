/// Reads a ``LocatedJSON`` from bytes. Knows the mistakes people make who write JSON by hand.
struct LocatedJSONReader {
    typealias SyntaxError = LocatedJSON.SyntaxError

    /// How deep values may lie in one another: what is read recursively must be bounded.
    private static let deepest = 16

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var depth = 0

    /// - Throws: ``LocatedJSON/SyntaxError`` where the bytes are no UTF-8.
    init(_ bytes: [UInt8]) throws(SyntaxError) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        // Every JSON text in UTF-16 has a zero byte within the first two.
        guard !text.prefix(2).contains(0) && !text.starts(with: [0xFE, 0xFF]) && !text.starts(with: [0xFF, 0xFE])
        else { throw SyntaxError(line: 1, reason: "it is UTF-16; save the file as UTF-8") }
        self.bytes = text
        guard String(validating: text, as: UTF8.self) != nil else {
            throw SyntaxError(line: Self.lineOfInvalidText(text), reason: "it is not UTF-8; save the file as UTF-8")
        }
    }

    private static func lineOfInvalidText(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
    }

    /// One value and nothing after it.
    mutating func readDocument() throws(SyntaxError) -> LocatedJSON {
        try skipSpace()
        guard peek != nil else { throw error("there is nothing in it") }
        let value = try readValue()
        try skipSpace()
        guard peek == nil else { throw error("there is more after the end: \(found)") }
        return value
    }

    // MARK: Values

    private mutating func readValue() throws(SyntaxError) -> LocatedJSON {
        let start = line
        guard let byte = peek else { throw error("the file ends where a value should be") }
        switch byte {
        case UInt8(ascii: "{"): return LocatedJSON(.members(try readMembers()), line: start)
        case UInt8(ascii: "["): return LocatedJSON(.list(try readList()), line: start)
        case UInt8(ascii: "\""): return LocatedJSON(.text(try readText()), line: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return LocatedJSON(.number(try readNumber()), line: start)
        default: return LocatedJSON(try readWord(), line: start)
        }
    }

    private mutating func readMembers() throws(SyntaxError) -> [LocatedJSON.Member] {
        let start = line
        try enter()
        var members: [LocatedJSON.Member] = []
        var lines: [String: Int] = [:]
        while try !leaves(UInt8(ascii: "}"), from: start, isFirst: members.isEmpty) {
            guard peek == UInt8(ascii: "\"") else {
                throw error("a name in double quotes should be here, not \(found)")
            }
            let nameLine = line
            let name = try readText()
            if let first = lines.updateValue(nameLine, forKey: name) {
                throw SyntaxError(
                    line: nameLine, reason: "\"\(name)\" is here a second time, the first is on line \(first)")
            }
            try skipSpace()
            guard peek == UInt8(ascii: ":") else { throw error("a : is missing after \"\(name)\"") }
            index += 1
            try skipSpace()
            members.append(LocatedJSON.Member(name: name, line: nameLine, value: try readValue()))
        }
        return members
    }

    private mutating func readList() throws(SyntaxError) -> [LocatedJSON] {
        let start = line
        try enter()
        var values: [LocatedJSON] = []
        while try !leaves(UInt8(ascii: "]"), from: start, isFirst: values.isEmpty) { values.append(try readValue()) }
        return values
    }

    /// Goes past an opening bracket.
    private mutating func enter() throws(SyntaxError) {
        depth += 1
        guard depth <= Self.deepest else { throw error("there are more than \(Self.deepest) { and [ in one another") }
        index += 1
    }

    /// Whether the closing bracket comes next, and goes past it; else goes to the next item, past the comma before it.
    private mutating func leaves(_ close: UInt8, from start: Int, isFirst: Bool) throws(SyntaxError) -> Bool {
        let open = close == UInt8(ascii: "}") ? "{" : "["
        try skipSpace()
        if peek == close {
            index += 1
            depth -= 1
            return true
        }
        guard peek != nil else { throw error("the file ends, and the \(open) of line \(start) is not closed") }
        if isFirst {
            if peek == UInt8(ascii: ",") { throw error("there is a comma too many after the \(open)") }
            return false
        }
        guard peek == UInt8(ascii: ",") else {
            let closing = Character(Unicode.Scalar(close))
            throw error("a comma or a \(closing) is missing before \(found)")
        }
        let comma = line
        index += 1
        try skipSpace()
        if peek == close || peek == UInt8(ascii: ",") {
            throw SyntaxError(line: comma, reason: "there is a comma too many before the \(found)")
        }
        guard peek != nil else { throw error("the file ends, and the \(open) of line \(start) is not closed") }
        return false
    }

    private mutating func readWord() throws(SyntaxError) -> LocatedJSON.Value {
        let word = bytes[index...].prefix { isLetter($0) }
        let value: LocatedJSON.Value
        switch String(decoding: word, as: UTF8.self) {
        case "true": value = .boolean(true)
        case "false": value = .boolean(false)
        case "null": value = .null
        default: throw error("a value should be here, not \(found); texts stand in double quotes")
        }
        index = word.endIndex
        return value
    }

    /// `-`, an integer without leading zeros, a fraction, an exponent (RFC 8259 §6).
    private mutating func readNumber() throws(SyntaxError) -> String {
        let start = index
        if peek == UInt8(ascii: "-") { index += 1 }
        let digits = skipDigits()
        var isNumber = digits == 1 || (digits > 1 && bytes[index - digits] != UInt8(ascii: "0"))
        if peek == UInt8(ascii: ".") {
            index += 1
            isNumber = skipDigits() > 0 && isNumber
        }
        if let mark = peek, mark | 0x20 == UInt8(ascii: "e") {
            index += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
            isNumber = skipDigits() > 0 && isNumber
        }
        let isOver = peek.map { !isLetter($0) && $0 != UInt8(ascii: ".") } ?? true
        guard isNumber && isOver else {
            index = start
            throw error("\(found) is not a number; texts stand in double quotes")
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func skipDigits() -> Int {
        let start = index
        while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { index += 1 }
        return index - start
    }

    // MARK: Texts

    private mutating func readText() throws(SyntaxError) -> String {
        index += 1
        var text: [UInt8] = []
        while true {
            switch peek {
            case UInt8(ascii: "\"")?:
                index += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\")?: text += try readEscape()
            case nil, UInt8(ascii: "\n")?, UInt8(ascii: "\r")?:
                throw error("the closing quote is missing; a text does not go on on the next line")
            case let byte? where byte < 0x20: throw error("there is a control character in a text, such as a tab")
            case let byte?:
                text.append(byte)
                index += 1
            }
        }
    }

    private mutating func readEscape() throws(SyntaxError) -> [UInt8] {
        let escape = index + 1 < bytes.count ? bytes[index + 1] : nil
        index += 2
        switch escape {
        case UInt8(ascii: "\"")?, UInt8(ascii: "\\")?, UInt8(ascii: "/")?: return escape.map { [$0] } ?? []
        case UInt8(ascii: "b")?: return [0x08]
        case UInt8(ascii: "f")?: return [0x0C]
        case UInt8(ascii: "n")?: return [0x0A]
        case UInt8(ascii: "r")?: return [0x0D]
        case UInt8(ascii: "t")?: return [0x09]
        case UInt8(ascii: "u")?: return Array(String(try readScalar()).utf8)
        default:
            index -= 2
            throw error("\(foundText(from: index, limit: 2)) is not an escape; a \\ of the text is written \\\\")
        }
    }

    /// After `\u`: four hexadecimal digits, and for what lies beyond them a second escape (RFC 8259 §7).
    private mutating func readScalar() throws(SyntaxError) -> Character {
        let first = try readUnit()
        var units = [first]
        if UTF16.isLeadSurrogate(first), bytes[index...].starts(with: Array("\\u".utf8)) {
            index += 2
            units.append(try readUnit())
        }
        guard let text = String(validating: units, as: UTF16.self), let character = text.first else {
            throw error("a \\u escape is half of a character")
        }
        return character
    }

    private mutating func readUnit() throws(SyntaxError) -> UInt16 {
        let digits = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let unit = UInt16(digits, radix: 16)
        else { throw error("four hexadecimal digits should follow \\u") }
        index += 4
        return unit
    }

    // MARK: Bytes

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func isLetter(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit(or: "_")
    }

    private mutating func skipSpace() throws(SyntaxError) {
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "\r"): if index + 1 >= bytes.count || bytes[index + 1] != UInt8(ascii: "\n") { line += 1 }
            case UInt8(ascii: " "), UInt8(ascii: "\t"): break
            case UInt8(ascii: "/"), UInt8(ascii: "#"): throw error("JSON has no comments")
            default: return
            }
            index += 1
        }
    }

    /// What is at this place, for a person: a word whole, else one character.
    private var found: String {
        guard let byte = peek else { return "the end" }
        let length = bytes[index...].prefix { isLetter($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }.count
        if length > 0 { return foundText(from: index, limit: min(length, 40)) }
        guard byte == UInt8(ascii: "\"") else { return foundText(from: index, limit: 1) }
        return foundText(from: index, limit: 40, upToQuote: true)
    }

    private func foundText(from start: Int, limit: Int, upToQuote: Bool = false) -> String {
        let text = String(decoding: bytes[start...].prefix(200), as: UTF8.self).prefix(limit)
        guard upToQuote else { return String(text) }
        return "\"" + text.dropFirst().prefix { $0 != "\"" && !$0.isNewline } + "\""
    }

    private func error(_ reason: String) -> SyntaxError { SyntaxError(line: line, reason: reason) }
}
