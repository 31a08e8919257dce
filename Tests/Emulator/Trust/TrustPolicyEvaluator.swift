/// Who asks a role's trust policy for what.
package struct TrustRequest: Sendable {
    /// One of the kinds a policy's `Principal` has.
    package enum Principal: Sendable {
        /// The ARN of an OIDC provider.
        case federated(String)
        /// All names the caller has: ARNs of session, role or user, and of the account's root.
        case aws([String])
    }

    package let action: String
    package let principal: Principal
    /// Condition keys and their values.
    package let context: [String: [String]]

    package init(action: String, principal: Principal, context: [String: [String]]) {
        (self.action, self.principal, self.context) = (action, principal, context)
    }
}

/// Decides whether a trust policy allows a request: an explicit deny wins, and without an allow it is no.
package struct TrustPolicyEvaluator: Sendable {
    private let policy: TrustPolicy

    package init(_ policy: TrustPolicy) { self.policy = policy }

    /// - Throws: ``PolicyError/unsupported(_:)`` where any statement uses what this evaluator does not know, even one
    ///   that would not matter here.
    package func allows(_ request: TrustRequest) throws(PolicyError) -> Bool {
        var isAllowed = false
        var isDenied = false
        for statement in policy.statements {
            let meetsConditions = try meets(statement.conditions, in: request.context)
            guard concerns(statement, request.action), names(statement, request.principal), meetsConditions else {
                continue
            }
            switch statement.effect {
            case .allow: isAllowed = true
            case .deny: isDenied = true
            }
        }
        return isAllowed && !isDenied
    }

    private func concerns(_ statement: TrustPolicy.Statement, _ action: String) -> Bool {
        let isNamed = statement.actions.patterns.contains {
            Wildcard.matches(action.lowercased(), pattern: $0.lowercased())
        }
        return isNamed == statement.actions.areMeant
    }

    /// Principals are compared whole: they have no wildcards besides the lone `*`.
    private func names(_ statement: TrustPolicy.Statement, _ principal: TrustRequest.Principal) -> Bool {
        if statement.principals["*"] != nil { return true }
        switch principal {
        case .federated(let provider):
            return statement.principals["Federated", default: []].contains { $0 == provider || $0 == "*" }
        case .aws(let names):
            return statement.principals["AWS", default: []].contains { names.contains($0) || $0 == "*" }
        }
    }

    private func meets(
        _ conditions: [String: [String: [String]]], in context: [String: [String]]
    ) throws(PolicyError) -> Bool {
        var meetsAll = true
        for (name, keys) in conditions {
            let condition = try ConditionOperator(name)
            for (key, values) in keys {
                let meets = try condition.holds(key: key, values: values, in: context)
                meetsAll = meetsAll && meets
            }
        }
        return meetsAll
    }
}
