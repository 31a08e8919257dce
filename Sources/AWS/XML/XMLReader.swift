package import Domain

/// Reads the XML that AWS's query protocol answers with: elements, text, the five entities, character references and
/// CDATA. Attributes, comments and processing instructions are skipped, a document type declaration is refused.
///
/// It ends for any bytes, with an element or with an error, and bounds what it builds (XML 1.0, UTF-8 only).
package struct XMLReader {
    /// How deep elements may be nested; AWS's answers stay below ten.
    package static let maximumDepth = 32
    /// The largest document, in bytes.
    package static let maximumSize = 1 << 20

    private let bytes: [UInt8]
    private var position = 0

    /// The root element of a whole document.
    package static func read(_ document: Secret) throws(XMLError) -> XMLElement {
        guard document.count <= maximumSize else { throw .tooLarge }
        return try document.withExposedBytes { bytes throws(XMLError) in
            var reader = XMLReader(bytes: bytes)
            return try reader.readDocument()
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func readDocument() throws(XMLError) -> XMLElement {
        _ = skip("\u{FEFF}")
        try skipMiscellany()
        guard skip("<") else { throw malformed }
        let root = try readElement(depth: 1)
        try skipMiscellany()
        guard position == bytes.count else { throw malformed }
        return root
    }

    /// White space, comments and processing instructions around the root.
    private mutating func skipMiscellany() throws(XMLError) {
        while true {
            skipSpace()
            if skip("<!--") {
                try skipPast("-->")
            } else if skip("<?") {
                try skipPast("?>")
            } else if skip("<!") {
                throw .documentType
            } else {
                return
            }
        }
    }

    /// An element whose `<` has been read.
    private mutating func readElement(depth: Int) throws(XMLError) -> XMLElement {
        guard depth <= Self.maximumDepth else { throw .tooDeep }
        let name = try readName()
        if try skipAttributes() { return XMLElement(name: name, children: [], text: "") }

        var children: [XMLElement] = []
        var text: [UInt8] = []
        while true {
            guard let byte = next() else { throw malformed }
            switch byte {
            case UInt8(ascii: "&"): try readReference(into: &text)
            case UInt8(ascii: "<"):
                if skip("/") {
                    guard try readName() == name else { throw malformed }
                    skipSpace()
                    guard skip(">") else { throw malformed }
                    return XMLElement(name: name, children: children, text: Secret(bytes: text))
                } else if skip("![CDATA[") {
                    let start = position
                    try skipPast("]]>")
                    text += bytes[start..<position - 3]
                } else if skip("!--") {
                    try skipPast("-->")
                } else if skip("?") {
                    try skipPast("?>")
                } else if skip("!") {
                    throw .documentType
                } else {
                    children.append(try readElement(depth: depth + 1))
                }
            default: text.append(byte)
            }
        }
    }

    /// Skips to the end of a start tag; true where the tag is an element's end as well (`<a/>`).
    private mutating func skipAttributes() throws(XMLError) -> Bool {
        while true {
            let afterName = position
            skipSpace()
            if skip("/>") { return true }
            if skip(">") { return false }
            guard position > afterName else { throw malformed }
            _ = try readName()
            skipSpace()
            guard skip("=") else { throw malformed }
            skipSpace()
            guard let quote = next(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw malformed }
            while let byte = next(), byte != quote {
                guard byte != UInt8(ascii: "<") else { throw malformed }
            }
        }
    }

    /// ASCII only, as AWS's names are: then names are equal exactly when their bytes are.
    private mutating func readName() throws(XMLError) -> String {
        let name = bytes[position...].prefix(while: Self.isNameByte)
        guard !name.isEmpty else { throw malformed }
        position = name.endIndex
        return String(decoding: name, as: UTF8.self)
    }

    /// A reference whose `&` has been read: one of the five entities, or a character by its number.
    private mutating func readReference(into text: inout [UInt8]) throws(XMLError) {
        let body = bytes[position...].prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "<") }
        guard body.count < 12, body.endIndex < bytes.count, bytes[body.endIndex] == UInt8(ascii: ";"),
            let character = Self.character(for: String(decoding: body, as: UTF8.self))
        else { throw malformed }
        position = body.endIndex + 1
        text += Array(String(character).utf8)
    }

    private static func character(for reference: String) -> Character? {
        switch reference {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        let isHex = reference.hasPrefix("#x")
        guard isHex || reference.hasPrefix("#"),
            let number = UInt32(reference.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10), number > 0
        else { return nil }
        return Unicode.Scalar(number).map(Character.init)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit(or: "_-.:")
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func skip(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    private mutating func skipPast(_ end: String) throws(XMLError) {
        while !skip(end) {
            guard next() != nil else { throw malformed }
        }
    }

    private var malformed: XMLError { .malformed(offset: position) }
}
