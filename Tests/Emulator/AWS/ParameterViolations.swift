/// What is wrong with a call's parameters by the service's model, told as AWS tells it: all at once.
struct ParameterViolations {
    /// Whether messages say which value is wrong: IAM does not.
    let tellsValues: Bool
    /// The error's name.
    let code: String
    private var constraints: [String] = []
    /// Violations that IAM tells of in a sentence, one at a time and after all others.
    private var sentences: [String] = []

    init(tellsValues: Bool, code: String) { (self.tellsValues, self.code) = (tellsValues, code) }

    /// Adds what a caller has found wrong.
    mutating func add(_ text: String) { constraints.append(text) }

    /// Adds that a parameter is not there.
    mutating func addMissing(_ name: String) {
        add("Value null at '\(Self.member(name))' failed to satisfy constraint: Member must not be null")
    }

    /// Adds that a value is not as it must be.
    ///
    /// - Parameter value: `nil` where it is not told.
    mutating func add(value: String?, _ member: String, mustBe constraint: String) {
        let shown = tellsValues ? value.map { " '\($0)'" } ?? "" : ""
        add("Value\(shown) at '\(member)' failed to satisfy constraint: Member must \(constraint)")
    }

    mutating func check(_ value: String, _ member: String, _ rule: QueryRule) {
        let shown = rule.isSensitive ? nil : value
        if let values = rule.values {
            if !values.contains(value) { add(value: shown, member, mustBe: "satisfy enum value set") }
            return
        }
        if value.count < rule.length.lowerBound {
            add(value: shown, member, mustBe: "have length greater than or equal to \(rule.length.lowerBound)")
        }
        if value.count > rule.length.upperBound {
            add(value: shown, member, mustBe: "have length less than or equal to \(rule.length.upperBound)")
        }
        if let pattern = rule.pattern, !pattern.matches(value) {
            if let explanation = rule.explanation {
                sentences.append("The specified value for \(member) is invalid. \(explanation)")
                return
            }
            add(value: shown, member, mustBe: "satisfy regular expression pattern: \(pattern.text)")
        }
    }

    mutating func check(_ value: Int, _ member: String, _ range: ClosedRange<Int>) {
        let bound =
            value < range.lowerBound
            ? "greater than or equal to \(range.lowerBound)"
            : value > range.upperBound ? "less than or equal to \(range.upperBound)" : nil
        if let bound { add(value: String(value), member, mustBe: "have value \(bound)") }
    }

    /// - Throws: one error that tells of everything found wrong so far.
    func throwAll() throws(ServiceError) {
        guard !constraints.isEmpty else {
            if let sentence = sentences.first { throw ServiceError(code: code, message: sentence) }
            return
        }
        let count = constraints.count == 1 ? "1 validation error" : "\(constraints.count) validation errors"
        throw ServiceError(code: code, message: "\(count) detected: \(constraints.joined(separator: "; "))")
    }

    /// AWS names members in its messages with a small first letter.
    static func member(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }
}
