import Domain

/// The members of a JSON call, checked against the limits of the service's model as AWS checks them: all at once.
struct JSONParameters {
    private let members: [String: JSONValue]
    private var violations: ParameterViolations

    /// - Parameters:
    ///   - known: the names of the operation's parameters.
    ///   - code: the error of a parameter against the model.
    /// - Throws: where the body is no object, or has a member that the operation does not know. AWS overlooks that, and
    ///   a misspelt parameter would do nothing.
    init(_ body: [UInt8], known: Set<String>, code: String) throws(ServiceError) {
        guard let members = JSONValue.object(body) else { throw Self.serialization("The body is no JSON object.") }
        if let unknown = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw ServiceError(
                code: code,
                message: "The sandbox refuses the unknown parameter '\(unknown)', which AWS would overlook.")
        }
        self.members = members.filter { $0.value != .null }
        violations = ParameterViolations(tellsValues: true, code: code)
    }

    /// A text that must be there; empty where it is not, which ``throwViolations()`` will tell.
    ///
    /// - Throws: where it is no text.
    mutating func required(_ name: String, _ rule: QueryRule) throws(ServiceError) -> String {
        if let value = try optional(name, rule) { return value }
        violations.addMissing(name)
        return ""
    }

    /// - Throws: where it is no text.
    mutating func optional(_ name: String, _ rule: QueryRule) throws(ServiceError) -> String? {
        guard let value = members[name] else { return nil }
        let text = try Self.text(value)
        violations.check(text, ParameterViolations.member(name), rule)
        return text
    }

    /// A whole number; `nil` where it is not given.
    ///
    /// - Throws: where it is none.
    mutating func integer(_ name: String, _ range: ClosedRange<Int>) throws(ServiceError) -> Int? {
        guard let value = members[name] else { return nil }
        guard case .integer(let number) = value else { throw Self.cannotBe("Integer", value) }
        violations.check(Int(number), ParameterViolations.member(name), range)
        return Int(number)
    }

    /// `false` where it is not given.
    ///
    /// - Throws: where it is neither `true` nor `false`.
    func boolean(_ name: String) throws(ServiceError) -> Bool {
        guard let value = members[name] else { return false }
        guard case .boolean(let boolean) = value else { throw Self.cannotBe("Boolean", value) }
        return boolean
    }

    /// A list of texts, each of them checked; `nil` where it is not given.
    ///
    /// - Throws: where it is no list of texts.
    mutating func list(
        _ name: String, _ count: ClosedRange<Int>, of rule: QueryRule
    ) throws(ServiceError) -> [String]? {
        guard let value = members[name] else { return nil }
        guard case .list(let items) = value else { throw Self.cannotBe("List", value) }
        let member = ParameterViolations.member(name)
        var texts: [String] = []
        for item in items { texts.append(try Self.text(item)) }
        let shown = "[\(texts.joined(separator: ", "))]"
        if texts.count < count.lowerBound {
            violations.add(
                value: shown, member, mustBe: "have length greater than or equal to \(count.lowerBound)")
        }
        if texts.count > count.upperBound {
            violations.add(value: shown, member, mustBe: "have length less than or equal to \(count.upperBound)")
        }
        for (index, text) in texts.enumerated() { violations.check(text, "\(member).\(index + 1).member", rule) }
        return texts
    }

    /// - Throws: one error that tells of everything found wrong so far.
    func throwViolations() throws(ServiceError) { try violations.throwAll() }

    private static func text(_ value: JSONValue) throws(ServiceError) -> String {
        guard case .text(let text) = value else { throw cannotBe("String", value) }
        return text
    }

    private static func cannotBe(_ type: String, _ value: JSONValue) -> ServiceError {
        let kind =
            switch value {
            case .text: "STRING_VALUE"
            case .integer, .number: "NUMBER_VALUE"
            case .boolean(let boolean): boolean ? "TRUE_VALUE" : "FALSE_VALUE"
            case .list: "START_ARRAY"
            case .members: "START_OBJECT"
            case .null: "VALUE_NULL"
            }
        return serialization("\(kind) can not be converted to a\(type == "Integer" ? "n" : "") \(type)")
    }

    private static func serialization(_ message: String) -> ServiceError {
        ServiceError(code: "SerializationException", message: message)
    }
}
