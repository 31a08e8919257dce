/// An object of a rotations file, with the members it may have.
struct RotationsFileObject {
    typealias Failure = RotationsFile.Failure

    private let line: Int
    private var members: [String: LocatedJSON] = [:]

    /// - Parameters:
    ///   - name: of what it is a value; `nil` for the file itself.
    ///   - names: the members there are.
    init(_ json: LocatedJSON, called name: String?, knowing names: [String]) throws(Failure) {
        guard case .members(let found) = json.value else {
            throw Failure(line: json.line, reason: .wrongKind(of: name, expected: .object, found: json.kind))
        }
        line = json.line
        for member in found {
            guard names.contains(member.name) else {
                let nearest = NearestName.of(member.name, among: names)
                throw Failure(line: member.line, reason: .unknownMember(member.name, nearest: nearest))
            }
            members[member.name] = member.value
        }
    }

    func value(_ name: String, _ kind: LocatedJSON.Kind) throws(Failure) -> LocatedJSON {
        guard let value = members[name] else { throw Failure(line: line, reason: .missingMember(name)) }
        guard value.kind == kind else {
            throw Failure(line: value.line, reason: .wrongKind(of: name, expected: kind, found: value.kind))
        }
        return value
    }

    func text(_ name: String) throws(Failure) -> String {
        let found = try value(name, .text)
        guard case .text(let text) = found.value, text.contains(where: { !$0.isWhitespace }) else {
            throw Failure(line: found.line, reason: .emptyMember(name))
        }
        return text
    }

    func textIfPresent(_ name: String) throws(Failure) -> String? {
        guard members[name] != nil else { return nil }
        return try text(name)
    }
}
