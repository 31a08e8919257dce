/// The access key that a connection had before it was moved to OIDC, and the role it assumed with it.
///
/// Both are noted at the end of the connection's description, where people see them too: the parameters must be empty,
/// or tasks of the AWS Toolkit refuse the connection.
struct EarlierKey: Sendable, Equatable {
    private static let mark = (start: "[keyless: it had the access key ", role: ", with which it assumed ", end: "]")

    let id: String
    let role: String?

    init(id: String, role: String?) { (self.id, self.role) = (id, role) }

    /// - Returns: `nil` where the text has no such note.
    init?(in text: String) {
        guard let range = Self.range(in: text) else { return nil }
        let note = text[range].drop { $0 == " " }.dropFirst(Self.mark.start.count).dropLast(Self.mark.end.count)
        let mark = note.firstRange(of: Self.mark.role)
        id = String(note[..<(mark?.lowerBound ?? note.endIndex)])
        role = mark.map { String(note[$0.upperBound...]) }
        // Anybody who may write the description can write into the note.
        guard (16...128).contains(id.utf8.count), id.utf8.allSatisfy(\.isKeyIDCharacter) else { return nil }
    }

    /// The text with the note at its end, in the place of another.
    func noted(in text: String) -> String {
        let text = Self.removed(from: text)
        let role = role.map { Self.mark.role + $0 } ?? ""
        return text + (text.isEmpty ? "" : " ") + Self.mark.start + id + role + Self.mark.end
    }

    /// The text without the note.
    static func removed(from text: String) -> String {
        guard let range = range(in: text) else { return text }
        return String(text[..<range.lowerBound] + text[range.upperBound...])
    }

    /// The note, and the space before it.
    private static func range(in text: String) -> Range<String.Index>? {
        guard let start = text.firstRange(of: mark.start),
            let end = text[start.upperBound...].firstRange(of: mark.end)
        else { return nil }
        let hasSpace = start.lowerBound > text.startIndex && text[text.index(before: start.lowerBound)] == " "
        return (hasSpace ? text.index(before: start.lowerBound) : start.lowerBound)..<end.upperBound
    }
}

extension UInt8 {
    fileprivate var isKeyIDCharacter: Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
