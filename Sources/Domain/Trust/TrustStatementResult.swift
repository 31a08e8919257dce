/// How one statement of a trust policy takes a request.
package struct TrustStatementResult: Sendable, Equatable {
    /// Its place in the policy, from 1.
    package let number: Int
    package let sid: String?
    /// Whether it denies what it applies to, rather than allow it.
    package let isDeny: Bool
    /// Whether it applies to the request: ``TrustVerdict/holds`` where principal, action and all conditions do.
    package let verdict: TrustVerdict
    /// Whether it is for the token's provider.
    package let principal: TrustVerdict
    /// Whom it names instead.
    package let principals: [String]
    /// Whether it is about the action.
    package let isAboutAction: Bool
    /// The actions it names.
    package let actions: [String]
    /// Whether it is about all actions but those (`NotAction`).
    package let excludesActions: Bool
    /// The element that IAM would refuse it for: one that trust policies do not have, or an effect that is none.
    package let flaw: String?
    /// All of its conditions, by operator and key in the order of the alphabet.
    package let conditions: [TrustCondition]

    /// - Parameter hasVariables: whether the policy's version has variables (2012-10-17).
    init(_ statement: JSONValue, number: Int, _ context: TrustContext, hasVariables: Bool) {
        self.number = number
        sid = statement["Sid"]?.display
        isDeny = statement["Effect"] == .text("Deny")
        (principal, principals) = TrustedPrincipals.verdict(statement, provider: context.provider)

        excludesActions = statement["Action"] == nil
        actions = (statement["Action"] ?? statement["NotAction"])?.texts ?? []
        let action = context.action.lowercased()
        let isNamed = actions.contains { ConditionPattern($0.lowercased()).matches(action) }
        isAboutAction = !actions.isEmpty && isNamed != excludesActions

        conditions = Self.conditions(statement).map { name, key, wanted in
            TrustCondition(name, key: key, wanted: wanted, context, hasVariables: hasVariables)
        }
        flaw = Self.flaw(statement)
        let own: [TrustVerdict] = [principal, isAboutAction ? .holds : .fails, flaw == nil ? .holds : .unknown]
        verdict = .all(own + conditions.map(\.verdict))
    }

    private static let elements: Set = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition",
    ]

    private static func flaw(_ statement: JSONValue) -> String? {
        guard case .members(let members) = statement else { return nil }
        if let element = members.keys.sorted().first(where: { !elements.contains($0) }) { return element }
        return ["Allow", "Deny"].contains(statement["Effect"]) ? nil : "Effect"
    }

    private static func conditions(_ statement: JSONValue) -> [(name: String, key: String, wanted: [String])] {
        guard case .members(let operators)? = statement["Condition"] else { return [] }
        return operators.sorted { $0.key < $1.key }.flatMap { name, keys in
            guard case .members(let keys) = keys else { return [(name, "", [String]())] }
            return keys.sorted { $0.key < $1.key }.map { (name, $0.key, $0.value.texts) }
        }
    }
}

/// Whether something holds, as far as can be told without making the call.
package enum TrustVerdict: Sendable, Equatable {
    case holds, fails
    /// It depends on what only the call shows, or on what AWS does not document.
    case unknown

    /// Of several that must all hold: one that fails decides.
    static func all(_ verdicts: some Sequence<TrustVerdict>) -> TrustVerdict {
        let verdicts = Array(verdicts)
        return verdicts.contains(.fails) ? .fails : verdicts.contains(.unknown) ? .unknown : .holds
    }

    /// Of several of which one must hold: one that holds decides.
    static func any(_ verdicts: some Sequence<TrustVerdict>) -> TrustVerdict {
        let verdicts = Array(verdicts)
        return verdicts.contains(.holds) ? .holds : verdicts.contains(.unknown) ? .unknown : .fails
    }

    var negated: TrustVerdict {
        switch self {
        case .holds: .fails
        case .fails: .holds
        case .unknown: .unknown
        }
    }
}
