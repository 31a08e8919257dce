/// One key of a trust policy's condition, and whether the request meets it.
package struct TrustCondition: Sendable, Equatable {
    /// What cannot be said without making the call.
    package enum Doubt: Sendable, Equatable {
        /// Only the call shows the key's value, or that of a variable in what is wanted.
        case value
        /// The operator is not known here.
        case unknownOperator
        /// What AWS does is not documented: several values and no `ForAnyValue` or `ForAllValues`, or a value that is
        /// not of the operator's kind.
        case undocumented
    }

    /// As it is written: `StringEquals`.
    package let operatorName: String
    /// As it is written.
    package let key: String
    /// The policy's values.
    package let wanted: [String]
    /// The request's value; `nil` where it has none or nobody knows.
    package let found: TrustContext.Value?
    package let verdict: TrustVerdict
    /// Why the verdict is ``TrustVerdict/unknown``.
    package let doubt: Doubt?

    /// - Parameter hasVariables: whether the policy's version has variables (2012-10-17).
    init(_ operatorName: String, key: String, wanted: [String], _ context: TrustContext, hasVariables: Bool) {
        (self.operatorName, self.key, self.wanted) = (operatorName, key, wanted)
        found = context.value(key).flatMap { $0.texts.isEmpty ? nil : $0 }
        let evaluation = Self.evaluate(operatorName, key, wanted, context, hasVariables: hasVariables)
        (verdict, doubt) = (evaluation.verdict, evaluation.verdict == .unknown ? evaluation.doubt : nil)
    }

    private static func evaluate(
        _ operatorName: String, _ key: String, _ wanted: [String], _ context: TrustContext, hasVariables: Bool
    ) -> (verdict: TrustVerdict, doubt: Doubt) {
        guard let name = ConditionOperator(operatorName) else { return (.unknown, .unknownOperator) }
        // IAM takes no such policy.
        if key.isEmpty { return (.unknown, .undocumented) }
        if context.isUnknown(key) { return (.unknown, .value) }
        let found = context.value(key)
        guard let comparison = name.comparison else {
            // "true" wants the key to be absent.
            let isAbsent = found?.texts.isEmpty ?? true ? "true" : "false"
            return (wanted.contains { $0.lowercased() == isAbsent } ? .holds : .fails, .undocumented)
        }
        guard let found else { return (missing(name), .undocumented) }

        // An empty list is a value to the quantifiers, `IfExists` or not.
        let patterns = wanted.map { text -> ConditionPattern.Resolution in
            guard comparison.takesVariables else { return .resolved(ConditionPattern(text)) }
            return ConditionPattern.resolve(text, hasVariables: hasVariables, context)
        }
        let doubt =
            patterns.contains { if case .unknown = $0 { true } else { false } } ? Doubt.value : Doubt.undocumented
        let verdicts = found.texts.map { verdict(on: $0, patterns, comparison, isNegated: name.isNegated) }
        switch name.quantifier {
        case .all: return (.all(verdicts), doubt)
        case .any: return (.any(verdicts), doubt)
        case .plain where found.texts.isEmpty: return (missing(name), doubt)
        case .plain:
            let (all, any) = (TrustVerdict.all(verdicts), TrustVerdict.any(verdicts))
            return (all == any ? all : .unknown, doubt)
        }
    }

    private static func missing(_ name: ConditionOperator) -> TrustVerdict {
        if name.passesMissing { return .holds }
        switch name.quantifier {
        case .all: return .holds
        case .any: return .fails
        case .plain: return name.isNegated ? .holds : .fails
        }
    }

    /// One value of the request against all of the policy's: one match is enough, or too much.
    private static func verdict(
        on text: String, _ patterns: [ConditionPattern.Resolution], _ comparison: ConditionComparison, isNegated: Bool
    ) -> TrustVerdict {
        let matches = patterns.map { pattern -> TrustVerdict in
            switch pattern {
            case .resolved(let pattern):
                // Evaluators disagree on a negated operator and a value that is not of its kind.
                switch comparison.matches(pattern, text) {
                case true?: .holds
                case false?: .fails
                case nil: isNegated ? .unknown : .fails
                }
            case .unresolved: .fails
            case .unknown: .unknown
            }
        }
        let any = TrustVerdict.any(matches)
        return isNegated ? any.negated : any
    }
}
