/// One operator of a policy's `Condition` (IAM User Guide, "IAM JSON policy elements: Condition operators").
struct ConditionOperator {
    /// How a key with several values is compared.
    private enum Quantifier { case single, anyValue, allValues }

    private enum Comparison {
        /// Whether a value of the request and one of the policy match; `negated` turns the result round.
        case values(negated: Bool, matches: @Sendable (_ request: String, _ policy: String) -> Bool)
        /// Whether the key is absent.
        case null
    }

    private let quantifier: Quantifier
    private let ifExists: Bool
    private let comparison: Comparison

    /// - Parameter name: as written in the policy; its letters' case does not matter.
    /// - Throws: ``PolicyError/unsupported(_:)``.
    init(_ name: String) throws(PolicyError) {
        var rest = name.lowercased()
        if rest.hasPrefix("foranyvalue:") {
            quantifier = .anyValue
            rest.removeFirst("foranyvalue:".count)
        } else if rest.hasPrefix("forallvalues:") {
            quantifier = .allValues
            rest.removeFirst("forallvalues:".count)
        } else {
            quantifier = .single
        }
        ifExists = rest.hasSuffix("ifexists")
        if ifExists { rest.removeLast("ifexists".count) }
        guard let comparison = Self.comparisons[rest] else { throw .unsupported("condition operator \(name)") }
        self.comparison = comparison
    }

    /// - Throws: ``PolicyError/unsupported(_:)`` where a value holds a policy variable.
    func holds(key: String, values: [String], in context: [String: [String]]) throws(PolicyError) -> Bool {
        if let variable = values.first(where: { $0.contains("${") }) {
            throw .unsupported("policy variable \(variable)")
        }
        // Keys compare without regard to case.
        let present = context.first { $0.key.lowercased() == key.lowercased() }?.value
        switch comparison {
        case .null:
            return values.contains { $0.lowercased() == (present == nil ? "true" : "false") }
        case .values(let negated, let matches):
            let holds: (String) -> Bool = { value in values.contains { matches(value, $0) } != negated }
            guard let present, !present.isEmpty else {
                // With nothing to look at, "all" is true, "any" is false, and a negated operator is met.
                switch quantifier {
                case .allValues: return true
                case .anyValue: return ifExists && present == nil
                case .single: return negated || (ifExists && present == nil)
                }
            }
            switch quantifier {
            case .anyValue: return present.contains(where: holds)
            case .allValues: return present.allSatisfy(holds)
            case .single: return negated ? present.allSatisfy(holds) : present.contains(where: holds)
            }
        }
    }

    private static let comparisons: [String: Comparison] = [
        "stringequals": .values(negated: false) { $0 == $1 },
        "stringnotequals": .values(negated: true) { $0 == $1 },
        "stringequalsignorecase": .values(negated: false) { $0.lowercased() == $1.lowercased() },
        "stringnotequalsignorecase": .values(negated: true) { $0.lowercased() == $1.lowercased() },
        "stringlike": .values(negated: false) { Wildcard.matches($0, pattern: $1) },
        "stringnotlike": .values(negated: true) { Wildcard.matches($0, pattern: $1) },
        "bool": .values(negated: false) { $0.lowercased() == $1.lowercased() },
        "numericequals": number { $0 == $1 }, "numericnotequals": number(negated: true) { $0 == $1 },
        "numericlessthan": number { $0 < $1 }, "numericlessthanequals": number { $0 <= $1 },
        "numericgreaterthan": number { $0 > $1 }, "numericgreaterthanequals": number { $0 >= $1 },
        "null": .null,
    ]

    /// A value that is no number matches nothing.
    private static func number(
        negated: Bool = false, _ compare: @escaping @Sendable (Double, Double) -> Bool
    ) -> Comparison {
        .values(negated: negated) { request, policy in
            guard let request = Double(request), let policy = Double(policy) else { return false }
            return compare(request, policy)
        }
    }
}
