/// An IAM policy as a JSON document, of which this program writes one statement and keeps all others as they are.
///
/// Source: IAM User Guide, "IAM JSON policy elements reference".
package struct PolicyDocument: Sendable, Equatable {
    /// Why a text is no policy.
    package enum ParseError: Error, Sendable, Equatable {
        /// It is no JSON object, or it is nested deeper than a policy can be.
        case notAnObject
        /// It has no statements, or one of them is no object.
        case malformedStatements
    }

    /// The order people know the elements in.
    private static let order = ["Version", "Id", "Statement", "Sid", "Effect", "Principal", "Action", "Resource"]

    private var elements: [String: JSONValue]
    /// In their order.
    package private(set) var statements: [JSONValue]

    /// A document of these statements, in the current policy language.
    package init(statements: [JSONValue]) {
        elements = ["Version": .text("2012-10-17")]
        self.statements = statements
    }

    /// - Throws: ``ParseError``.
    package init(_ text: String) throws(ParseError) {
        guard let elements = JSONValue.object(Array(text.utf8)) else { throw .notAnObject }
        let statements: [JSONValue]
        switch elements["Statement"] {
        case .list(let list)?: statements = list
        // A lone statement needs no list around it.
        case .members(let statement)?: statements = [.members(statement)]
        default: throw .malformedStatements
        }
        for statement in statements {
            guard case .members = statement else { throw .malformedStatements }
        }
        self.elements = elements
        self.statements = statements
    }

    /// The statement of that `Sid`.
    package func statement(_ sid: String) -> JSONValue? { statements.first { $0["Sid"] == .text(sid) } }

    /// The same document with this statement in the place of those with its `Sid`, or at the end.
    package func replacing(_ sid: String, by statement: JSONValue) -> PolicyDocument {
        var copy = removing(sid)
        let place = statements.firstIndex { $0["Sid"] == .text(sid) }
        copy.statements.insert(statement, at: place ?? copy.statements.endIndex)
        // Variables and escapes are read in this version alone.
        copy.elements["Version"] = .text("2012-10-17")
        return copy
    }

    /// The same document without the statements of that `Sid`.
    package func removing(_ sid: String) -> PolicyDocument {
        var copy = self
        copy.statements.removeAll { $0["Sid"] == .text(sid) }
        return copy
    }

    /// For IAM: on one line.
    package var text: String { json.json(order: Self.order) }
    /// For a person.
    package var prettyText: String { json.json(isPretty: true, order: Self.order) }

    /// Whether both say the same; a single value and a list of it are one to IAM.
    package static func == (left: PolicyDocument, right: PolicyDocument) -> Bool {
        left.json.normalised == right.json.normalised
    }

    /// How many characters IAM counts: all but white space (IAM User Guide, "IAM and AWS STS quotas").
    package var size: Int { text.count { !$0.isWhitespace } }

    /// The document as a value.
    package var json: JSONValue {
        .members(elements.merging(["Statement": .list(statements)]) { $1 })
    }
}

extension JSONValue {
    /// The member of that name, where this is an object.
    package subscript(name: String) -> JSONValue? {
        get { if case .members(let members) = self { members[name] } else { nil } }
        set {
            guard case .members(var members) = self else { return }
            members[name] = newValue
            self = .members(members)
        }
    }

    /// With every list of one value replaced by the value, and lists of texts sorted: their order means nothing to IAM.
    fileprivate var normalised: JSONValue {
        switch self {
        case .members(let members): .members(members.mapValues(\.normalised))
        case .list(let values) where values.count == 1: values[0].normalised
        case .list(let values) where values.allSatisfy(\.isText):
            .list(values.map(\.display).sorted().map { .text($0) })
        case .list(let values): .list(values.map(\.normalised))
        default: self
        }
    }

    private var isText: Bool { if case .text = self { true } else { false } }
}
