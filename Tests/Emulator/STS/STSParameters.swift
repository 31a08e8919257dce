/// The parameters of one call, checked against the limits of the service's model as AWS checks them: all at once.
struct STSParameters {
    private let items: [String: String]
    private var violations: [String] = []

    /// - Parameter known: the parameters of the operation, `Name` or, for lists, `Name.`.
    /// - Throws: where one is unknown or given twice. AWS overlooks that, and a misspelt parameter would do nothing.
    init(_ form: [(name: String, value: String)], known: Set<String>) throws(STSError) {
        var items: [String: String] = [:]
        for (name, value) in form {
            let family = name.firstIndex(of: ".").map { String(name[...$0]) } ?? name
            guard known.contains(family) || name == "Action" || name == "Version" else {
                throw .validation("The sandbox refuses the unknown parameter '\(name)', which AWS would overlook.")
            }
            guard items.updateValue(value, forKey: name) == nil else {
                throw .validation("The sandbox refuses the parameter '\(name)' given twice.")
            }
        }
        self.items = items
    }

    subscript(_ name: String) -> String? { items[name] }

    /// What a text must be like.
    struct Rule {
        let length: ClosedRange<Int>
        /// The characters allowed besides letters, digits and `_`, and the pattern as AWS writes it.
        var pattern: (also: String, text: String)?
        /// Whether AWS keeps the value out of its messages.
        var isSensitive = false
    }

    /// A parameter that must be there; empty where it is not, which ``throwViolations()`` will tell.
    mutating func required(_ name: String, _ rule: Rule) -> String {
        guard let value = items[name] else {
            violations.append(
                "Value null at '\(Self.member(name))' failed to satisfy constraint: Member must not be null")
            return ""
        }
        check(value, name, rule)
        return value
    }

    mutating func optional(_ name: String, _ rule: Rule) -> String? {
        guard let value = items[name] else { return nil }
        check(value, name, rule)
        return value
    }

    /// A whole number; 3600 where it is not given, as for `DurationSeconds`.
    mutating func duration() -> Int {
        guard let text = items["DurationSeconds"] else { return 3600 }
        guard let value = Int(text) else {
            violations.append("Value '\(text)' at 'durationSeconds' is not an integer")
            return 0
        }
        let constraint =
            value < 900 ? "greater than or equal to 900" : value > 43200 ? "less than or equal to 43200" : nil
        if let constraint {
            violations.append(
                "Value '\(value)' at 'durationSeconds' failed to satisfy constraint: "
                    + "Member must have value \(constraint)"
            )
        }
        return value
    }

    /// The values of a list, `Name.member.1.suffix` and so on.
    func list(_ name: String, suffix: String) -> [String] {
        var values: [String] = []
        while let value = items["\(name).member.\(values.count + 1)\(suffix)"] { values.append(value) }
        return values
    }

    /// Adds what a caller has found wrong.
    mutating func violate(_ text: String) { violations.append(text) }

    /// - Throws: one error that tells of everything found wrong so far.
    func throwViolations() throws(STSError) {
        guard !violations.isEmpty else { return }
        let count = violations.count == 1 ? "1 validation error" : "\(violations.count) validation errors"
        throw .validation("\(count) detected: \(violations.joined(separator: "; "))")
    }

    private mutating func check(_ value: String, _ name: String, _ rule: Rule) {
        let subject = rule.isSensitive ? "Value" : "Value '\(value)'"
        let fails = "\(subject) at '\(Self.member(name))' failed to satisfy constraint: Member must"
        if value.count < rule.length.lowerBound {
            violations.append("\(fails) have length greater than or equal to \(rule.length.lowerBound)")
        }
        if value.count > rule.length.upperBound {
            violations.append("\(fails) have length less than or equal to \(rule.length.upperBound)")
        }
        if let pattern = rule.pattern, !value.allSatisfy({ Self.isWord($0) || pattern.also.contains($0) }) {
            violations.append("\(fails) satisfy regular expression pattern: \(pattern.text)")
        }
    }

    /// `\w` of Java: ASCII only.
    private static func isWord(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }

    /// AWS names members in its messages with a small first letter.
    private static func member(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }
}

extension STSParameters.Rule {
    static let roleARN = Self(length: 20...2048)
    static let sessionName = Self(length: 2...64, pattern: ("+=,.@-", #"[\w+=,.@-]*"#))
    static let externalID = Self(length: 2...1224, pattern: ("+=,.@:/-", #"[\w+=,.@:\/-]*"#))
    static let webIdentityToken = Self(length: 4...20000, isSensitive: true)
    static let policy = Self(length: 1...2048)
    static let policyARN = Self(length: 20...2048)
    static let sourceIdentity = sessionName
}
