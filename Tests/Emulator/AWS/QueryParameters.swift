/// The parameters of one call, checked against the limits of the service's model as AWS checks them: all at once.
struct QueryParameters {
    private let items: [String: String]
    private var violations: ParameterViolations

    /// - Parameters:
    ///   - known: the parameters of the operation, `Name` or, for lists, `Name.`.
    ///   - tellsValues: whether messages say which value is wrong: STS does, IAM does not.
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
        self.items = items
        violations = ParameterViolations(tellsValues: tellsValues, code: "ValidationError")
    }

    subscript(_ name: String) -> String? { items[name] }

    /// A parameter that must be there; empty where it is not, which ``throwViolations()`` will tell.
    mutating func required(_ name: String, _ rule: QueryRule) -> String {
        guard let value = items[name] else {
            violations.addMissing(name)
            return ""
        }
        violations.check(value, ParameterViolations.member(name), rule)
        return value
    }

    mutating func optional(_ name: String, _ rule: QueryRule) -> String? {
        guard let value = items[name] else { return nil }
        violations.check(value, ParameterViolations.member(name), rule)
        return value
    }

    /// A whole number; `nil` where it is not given.
    mutating func integer(_ name: String, _ range: ClosedRange<Int>) -> Int? {
        guard let text = items[name] else { return nil }
        guard let value = Int(text) else {
            violations.add("Value '\(text)' at '\(ParameterViolations.member(name))' is not an integer")
            return 0
        }
        violations.check(value, ParameterViolations.member(name), range)
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
        if isRequired, values.isEmpty, items[name] == nil { violations.addMissing(name) }
        for (index, value) in values.enumerated() {
            violations.check(value, "\(ParameterViolations.member(name)).\(index + 1).member", rule)
        }
        checkCount(of: name, values.count)
        return values
    }

    /// `Tags`, fifty at most.
    mutating func tags(isRequired: Bool = false) -> [AWSWorld.Tag] {
        let (keys, values) = (list("Tags", suffix: ".Key"), list("Tags", suffix: ".Value"))
        if isRequired, keys.isEmpty, items["Tags"] == nil { violations.addMissing("Tags") }
        if keys.count != values.count {
            violations.addMissing("tags.\(min(keys.count, values.count) + 1).member.value")
        }
        for (index, pair) in zip(keys, values).enumerated() {
            violations.check(pair.0, "tags.\(index + 1).member.key", .tagKey)
            violations.check(pair.1, "tags.\(index + 1).member.value", .tagValue)
        }
        if keys.count > 50 { violations.add(value: nil, "tags", mustBe: "have length less than or equal to 50") }
        checkCount(of: "Tags", keys.count + values.count)
        return zip(keys, values).map { AWSWorld.Tag(key: $0, value: $1) }
    }

    /// Adds what a caller has found wrong.
    mutating func violate(_ text: String) { violations.add(text) }

    /// - Throws: one error that tells of everything found wrong so far.
    func throwViolations() throws(ServiceError) { try violations.throwAll() }

    private mutating func checkCount(of list: String, _ count: Int) {
        guard items.keys.count(where: { $0.hasPrefix("\(list).") }) != count else { return }
        violations.add("The sandbox refuses members of '\(list)' that are not numbered from 1 on, or unknown")
    }
}
