/// Whether a role's trust policy accepts a token, found without asking AWS, and why.
///
/// Source: IAM User Guide, "Policy evaluation logic": whatever is not allowed is denied, and a statement that denies
/// goes before all that allow.
package struct TrustEvaluation: Sendable, Equatable {
    /// What comes of it.
    package enum Outcome: Sendable, Equatable {
        case allowed, denied
        /// It depends on what only the call shows.
        case undetermined
    }

    package let outcome: Outcome
    /// In the policy's order.
    package let statements: [TrustStatementResult]
    /// The provider and the issuer it was asked for, for the words.
    let provider: String
    let issuerPath: String

    package init(of policy: PolicyDocument, _ context: TrustContext) {
        // Older policies, and those that name no version, take "${" as it is.
        let hasVariables = policy.json["Version"] == .text("2012-10-17")
        statements = policy.statements.enumerated().map { index, statement in
            TrustStatementResult(statement, number: index + 1, context, hasVariables: hasVariables)
        }
        (provider, issuerPath) = (context.provider, context.issuerPath)
        let deny = TrustVerdict.any(statements.filter(\.isDeny).map(\.verdict))
        let allow = TrustVerdict.any(statements.filter { !$0.isDeny }.map(\.verdict))
        outcome =
            switch TrustVerdict.all([allow, deny.negated]) {
            case .holds: .allowed
            case .fails: .denied
            case .unknown: .undetermined
            }
    }

    /// The condition keys that only the call gives a value to and that matter, each once, as the policy writes them.
    package var unknownKeys: [String] {
        var seen: Set<String> = []
        return statements.filter { $0.verdict == .unknown }.flatMap(\.conditions)
            .filter { $0.doubt == .value && seen.insert($0.key.lowercased()).inserted }.map(\.key)
    }
}
