import AzureDevOps
import Domain

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
        guard (16...128).contains(id.utf8.count), id.utf8.allSatisfy({ $0.isASCIIUpperCaseLetter || $0.isASCIIDigit })
        else { return nil }
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

extension ServiceConnection {
    private static let references = "serviceEndpointProjectReferences"

    /// The access key it had, where it is on OIDC now: as noted, or as somebody else left it there.
    var earlierKey: EarlierKey? {
        guard usesOIDC else { return nil }
        if let key = accessKeyID { return EarlierKey(id: key, role: notedKey?.role) }
        return notedKey
    }

    /// The access key it holds or had.
    var keyID: String? { usesOIDC ? earlierKey?.id : accessKeyID }

    /// Whether it is on OIDC with that role, so that tasks of the AWS Toolkit take it.
    func isOnOIDC(with role: RoleARN) -> Bool { usesOIDC && roleARN == role.text && accessKeyID == nil }

    /// The same with a note of the access key that is in it, if one is.
    var notingKey: ServiceConnection {
        guard let id = accessKeyID else { return self }
        let key = usesOIDC ? earlierKey : EarlierKey(id: id, role: roleARN)
        return describing { key?.noted(in: $0) ?? $0 }
    }

    /// The same without the note.
    var forgettingKey: ServiceConnection { describing(EarlierKey.removed) }

    private var notedKey: EarlierKey? {
        ([description ?? ""] + referenceDescriptions).lazy.compactMap { EarlierKey(in: $0) }.first
    }

    private var referenceDescriptions: [String] {
        guard case .list(let references)? = document[Self.references] else { return [] }
        return references.compactMap { reference in
            if case .members(let members) = reference { members["description"]?.textValue } else { nil }
        }
    }

    /// The connection's description is that of the project it was read in, so it is changed there too.
    private func describing(_ change: (String) -> String) -> ServiceConnection {
        let old = description ?? ""
        var changed = document
        changed["description"] = .text(change(old))
        if case .list(let references)? = document[Self.references] {
            changed[Self.references] = .list(
                references.map { reference in
                    guard case .members(var members) = reference else { return reference }
                    let text = members["description"]?.textValue ?? ""
                    guard text == old || EarlierKey(in: text) != nil else { return reference }
                    members["description"] = .text(change(text))
                    return .members(members)
                })
        }
        return ServiceConnection(changed) ?? self
    }
}
