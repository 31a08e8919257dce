/// An operator of a policy's condition, taken apart: `ForAnyValue:StringNotLikeIfExists`.
///
/// Source: IAM User Guide, "IAM JSON policy elements: Condition operators"; operators are known in any case of letters.
struct ConditionOperator: Sendable {
    /// How many of a key's values must pass.
    enum Quantifier: Sendable { case plain, all, any }

    let quantifier: Quantifier
    /// Whether a key that is not there passes.
    let passesMissing: Bool
    /// Whether none of the policy's values may match.
    let isNegated: Bool
    /// How values are compared; `nil` for `Null`, which looks whether there are any.
    let comparison: ConditionComparison?

    /// - Returns: `nil` for a name that is not known.
    init?(_ name: String) {
        var rest = name.lowercased()[...]
        var quantifier = Quantifier.plain
        for (prefix, found) in [("forallvalues:", Quantifier.all), ("foranyvalue:", .any)]
        where rest.hasPrefix(prefix) {
            quantifier = found
            rest = rest.dropFirst(prefix.count)
        }
        self.quantifier = quantifier
        passesMissing = rest.hasSuffix("ifexists")
        if passesMissing { rest = rest.dropLast("ifexists".count) }
        if rest == "null" {
            (comparison, isNegated) = (nil, false)
            return
        }
        guard let (comparison, isNegated) = Self.comparisons[String(rest)] else { return nil }
        (self.comparison, self.isNegated) = (comparison, isNegated)
    }

    private static let comparisons: [String: (ConditionComparison, Bool)] = [
        "stringequals": (.string(ignoresCase: false), false), "stringnotequals": (.string(ignoresCase: false), true),
        "stringequalsignorecase": (.string(ignoresCase: true), false),
        "stringnotequalsignorecase": (.string(ignoresCase: true), true),
        "stringlike": (.pattern, false), "stringnotlike": (.pattern, true),
        "arnequals": (.arn, false), "arnlike": (.arn, false), "arnnotequals": (.arn, true), "arnnotlike": (.arn, true),
        "numericequals": (.number(.equal), false), "numericnotequals": (.number(.equal), true),
        "numericlessthan": (.number(.less), false), "numericlessthanequals": (.number(.lessOrEqual), false),
        "numericgreaterthan": (.number(.greater), false), "numericgreaterthanequals": (.number(.greaterOrEqual), false),
        "dateequals": (.date(.equal), false), "datenotequals": (.date(.equal), true),
        "datelessthan": (.date(.less), false), "datelessthanequals": (.date(.lessOrEqual), false),
        "dategreaterthan": (.date(.greater), false), "dategreaterthanequals": (.date(.greaterOrEqual), false),
        "bool": (.boolean, false), "binaryequals": (.bytes, false),
        "ipaddress": (.address, false), "notipaddress": (.address, true),
    ]
}
