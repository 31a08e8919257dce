/// An object of a file that people write, with the members it may have.
struct LocatedJSONObject {
    typealias Failure = LocatedJSONFailure

    private let line: Int
    private var members: [String: LocatedJSON] = [:]

    /// The object that a file is.
    ///
    /// - Parameter name: of its only member.
    /// - Throws: ``LocatedJSONFailure``.
    init(file bytes: [UInt8], with name: String) throws(Failure) {
        let root: LocatedJSON
        do throws(LocatedJSON.SyntaxError) {
            root = try LocatedJSON(bytes)
        } catch {
            throw Failure(line: error.line, reason: .syntax(error.reason))
        }
        try self.init(root, called: nil, knowing: [name])
    }

    /// - Parameters:
    ///   - name: of what it is a value; `nil` for the file itself.
    ///   - names: the members there are.
    /// - Throws: ``LocatedJSONFailure``.
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

    /// That the file has nothing to do in it.
    var noEntries: Failure { Failure(line: line, reason: .noEntries) }

    func value(_ name: String, _ kind: LocatedJSON.Kind) throws(Failure) -> LocatedJSON {
        guard let value = members[name] else { throw Failure(line: line, reason: .missingMember(name)) }
        guard value.kind == kind else {
            throw Failure(line: value.line, reason: .wrongKind(of: name, expected: kind, found: value.kind))
        }
        return value
    }

    func text(_ name: String) throws(Failure) -> String { try Self.text(of: value(name, .text), name) }

    func textIfPresent(_ name: String) throws(Failure) -> String? {
        guard members[name] != nil else { return nil }
        return try text(name)
    }

    /// The texts of a list; a single text is a list of one.
    func textsIfPresent(_ name: String) throws(Failure) -> [String]? {
        guard let member = members[name] else { return nil }
        if member.kind == .text { return [try text(name)] }
        guard case .list(let values) = try value(name, .list).value else { return nil }
        var texts: [String] = []
        for value in values { texts.append(try Self.text(of: value, name)) }
        return texts
    }

    func flagIfPresent(_ name: String) throws(Failure) -> Bool? {
        guard members[name] != nil else { return nil }
        guard case .boolean(let flag) = try value(name, .boolean).value else { return nil }
        return flag
    }

    private static func text(of json: LocatedJSON, _ name: String) throws(Failure) -> String {
        guard case .text(let text) = json.value else {
            throw Failure(line: json.line, reason: .wrongKind(of: name, expected: .text, found: json.kind))
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw Failure(line: json.line, reason: .emptyMember(name))
        }
        return text
    }
}
