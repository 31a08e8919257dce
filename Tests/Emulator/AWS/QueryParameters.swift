/// The parameters of one call, checked against the limits of the service's model as AWS checks them: all at once.
struct QueryParameters {
    private let items: [String: String]
    /// Whether messages say which value is wrong: STS does, IAM does not.
    private let tellsValues: Bool
    private var violations: [String] = []
    /// Violations that IAM tells of in a sentence, one at a time and after all others.
    private var sentences: [String] = []

    /// - Parameter known: the parameters of the operation, `Name` or, for lists, `Name.`.
    /// - Throws: where one is unknown or given twice. AWS overlooks that, and a misspelt parameter would do nothing.
    init(
        _ form: [(name: String, value: String)], known: Set<String>, tellsValues: Bool = true
    ) throws(ServiceError) {
        var items: [String: String] = [:]
        for (name, value) in form where name != "Action" && name != "Version" {
            let family = name.firstIndex(of: ".").map { String(name[...$0]) } ?? name
            // A list without members is sent as its bare name.
            let isEmptyList = known.contains("\(name).") && value.isEmpty
            guard known.contains(family) || isEmptyList else {
                throw .validation("The sandbox refuses the unknown parameter '\(name)', which AWS would overlook.")
            }
            guard items.updateValue(value, forKey: name) == nil else {
                throw .validation("The sandbox refuses the parameter '\(name)' given twice.")
            }
        }
        (self.items, self.tellsValues) = (items, tellsValues)
    }

    subscript(_ name: String) -> String? { items[name] }

    /// A parameter that must be there; empty where it is not, which ``throwViolations()`` will tell.
    mutating func required(_ name: String, _ rule: QueryRule) -> String {
        guard let value = items[name] else {
            requireMember(name)
            return ""
        }
        check(value, Self.member(name), rule)
        return value
    }

    mutating func optional(_ name: String, _ rule: QueryRule) -> String? {
        guard let value = items[name] else { return nil }
        check(value, Self.member(name), rule)
        return value
    }

    /// A whole number; `nil` where it is not given.
    mutating func integer(_ name: String, _ range: ClosedRange<Int>) -> Int? {
        guard let text = items[name] else { return nil }
        guard let value = Int(text) else {
            violations.append("Value '\(text)' at '\(Self.member(name))' is not an integer")
            return 0
        }
        let constraint =
            value < range.lowerBound
            ? "greater than or equal to \(range.lowerBound)"
            : value > range.upperBound ? "less than or equal to \(range.upperBound)" : nil
        if let constraint { violate(value: text, Self.member(name), "have value \(constraint)") }
        return value
    }

    /// The values of a list, `Name.member.1.suffix` and so on. They are numbered from 1 without a gap.
    func list(_ name: String, suffix: String = "") -> [String] {
        var values: [String] = []
        while let value = items["\(name).member.\(values.count + 1)\(suffix)"] { values.append(value) }
        return values
    }

    /// The values of a list, each of them checked.
    mutating func list(_ name: String, _ rule: QueryRule, isRequired: Bool = false) -> [String] {
        let values = list(name)
        if isRequired, values.isEmpty, items[name] == nil { requireMember(name) }
        for (index, value) in values.enumerated() { check(value, "\(Self.member(name)).\(index + 1).member", rule) }
        checkCount(of: name, values.count)
        return values
    }

    /// `Tags`, fifty at most.
    mutating func tags(isRequired: Bool = false) -> [AWSWorld.Tag] {
        let (keys, values) = (list("Tags", suffix: ".Key"), list("Tags", suffix: ".Value"))
        if isRequired, keys.isEmpty, items["Tags"] == nil { requireMember("Tags") }
        if keys.count != values.count { requireMember("tags.\(min(keys.count, values.count) + 1).member.value") }
        for (index, pair) in zip(keys, values).enumerated() {
            check(pair.0, "tags.\(index + 1).member.key", .tagKey)
            check(pair.1, "tags.\(index + 1).member.value", .tagValue)
        }
        if keys.count > 50 { violate(value: nil, "tags", "have length less than or equal to 50") }
        checkCount(of: "Tags", keys.count + values.count)
        return zip(keys, values).map { AWSWorld.Tag(key: $0, value: $1) }
    }

    /// Adds what a caller has found wrong.
    mutating func violate(_ text: String) { violations.append(text) }

    /// - Throws: one error that tells of everything found wrong so far.
    func throwViolations() throws(ServiceError) {
        guard !violations.isEmpty else {
            if let sentence = sentences.first { throw .validation(sentence) }
            return
        }
        let count = violations.count == 1 ? "1 validation error" : "\(violations.count) validation errors"
        throw .validation("\(count) detected: \(violations.joined(separator: "; "))")
    }

    private mutating func requireMember(_ name: String) {
        violations.append("Value null at '\(Self.member(name))' failed to satisfy constraint: Member must not be null")
    }

    private mutating func checkCount(of list: String, _ count: Int) {
        guard items.keys.count(where: { $0.hasPrefix("\(list).") }) != count else { return }
        violations.append("The sandbox refuses members of '\(list)' that are not numbered from 1 on, or unknown")
    }

    private mutating func check(_ value: String, _ member: String, _ rule: QueryRule) {
        let shown = rule.isSensitive ? nil : value
        if value.count < rule.length.lowerBound {
            violate(value: shown, member, "have length greater than or equal to \(rule.length.lowerBound)")
        }
        if value.count > rule.length.upperBound {
            violate(value: shown, member, "have length less than or equal to \(rule.length.upperBound)")
        }
        if let pattern = rule.pattern, !pattern.matches(value) {
            if let explanation = rule.explanation {
                sentences.append("The specified value for \(member) is invalid. \(explanation)")
                return
            }
            violate(value: shown, member, "satisfy regular expression pattern: \(pattern.text)")
        }
    }

    private mutating func violate(value: String?, _ member: String, _ constraint: String) {
        let shown = tellsValues ? value.map { " '\($0)'" } ?? "" : ""
        violations.append("Value\(shown) at '\(member)' failed to satisfy constraint: Member must \(constraint)")
    }

    /// AWS names members in its messages with a small first letter.
    private static func member(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }
}
