import AzureDevOps
import Domain

/// The role that a connection assumed with its access key, noted in the connection's description, so that the way back
/// restores it.
extension ServiceConnection {
    private static let mark = (start: " [keyless: with its access key it assumed ", end: "]")

    /// The same with the note, where there was another role.
    func remembering(role: String?, _ new: RoleARN) -> ServiceConnection {
        guard !usesOIDC, let role, role != new.text, earlierRole == nil else { return self }
        return describing("\(description ?? "")\(Self.mark.start)\(role)\(Self.mark.end)")
    }

    /// The same without the note.
    var forgettingEarlierRole: ServiceConnection {
        guard let description, let range = Self.range(in: description) else { return self }
        return describing(String(description[..<range.lowerBound] + description[range.upperBound...]))
    }

    /// The role of the note.
    var earlierRole: String? {
        guard let description, let range = Self.range(in: description) else { return nil }
        return String(description[range].dropFirst(Self.mark.start.count).dropLast(Self.mark.end.count))
    }

    private static func range(in description: String) -> Range<String.Index>? {
        guard let start = description.firstRange(of: mark.start),
            let end = description[start.upperBound...].firstRange(of: mark.end)
        else { return nil }
        return start.lowerBound..<end.upperBound
    }

    private func describing(_ text: String) -> ServiceConnection {
        ServiceConnection(document.merging(["description": .text(text)]) { $1 }) ?? self
    }
}
