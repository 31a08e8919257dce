/// What has to be done so that nothing of what this program made is left in an account, and all else stays.
package struct RemovalPlan: Sendable, Equatable {
    /// In the order to make them.
    package let changes: [SetupChange]
    /// What stays although it looks like this program's, and why; for a person.
    package let kept: [String]
    /// Where the role is; `nil` where there is none.
    package let rolePath: String?

    /// - Parameters:
    ///   - name: of the role; `nil` where only the provider is meant.
    ///   - provider: the provider's ARN.
    ///   - policies: the trust policies of all roles of the account, by name.
    package init(
        from state: SetupState, role name: String?, provider arn: String, policies: [String: PolicyDocument]
    ) {
        var changes: [SetupChange] = []
        var kept: [String] = []
        if let role = state.role, let name { (changes, kept) = Self.removal(of: role, name) }
        if let provider = state.provider {
            // As they are once the role is done with: one that stays may need the provider as much as any other.
            var policies = policies
            for change in changes {
                if case .deleteRole = change, let name { policies[name] = nil }
                if case .updateTrustPolicy(_, let rest) = change, let name { policies[name] = rest }
            }
            let dependents = policies.filter { $0.value.text.contains("\"\(arn)\"") }.keys.sorted()
            if provider.tags[SetupGoal.ownTag.key] == nil {
                kept.append("the OIDC provider stays: it was not made by keyless")
            } else if !dependents.isEmpty {
                kept.append("the OIDC provider stays: \(dependents.joined(separator: ", ")) trust it too")
            } else {
                changes.append(.deleteProvider)
            }
        }
        (self.changes, self.kept, rolePath) = (changes, kept, state.role?.path)
    }

    private static func removal(of role: RoleState, _ name: String) -> ([SetupChange], kept: [String]) {
        if let owner = role.owner { return ([], ["the role \(name) stays: it is kept by \(owner)"]) }
        let rest = role.trustPolicy.removing(TrustStatement.sid)
        let isTrusted = rest != role.trustPolicy
        guard role.tags[SetupGoal.ownTag.key] != nil, rest.statements.isEmpty else {
            let reason =
                role.tags[SetupGoal.ownTag.key] == nil ? "it was not made by keyless" : "others are trusted by it too"
            // IAM takes no trust policy without a statement.
            guard isTrusted, !rest.statements.isEmpty else { return ([], ["the role \(name) stays: \(reason)"]) }
            return (
                [.updateTrustPolicy(from: role.trustPolicy, to: rest)],
                ["the role \(name) stays without keyless's statement: \(reason)"]
            )
        }
        // IAM deletes no role that has policies.
        return (
            role.attachedPolicies.sorted().map { .detachPolicy($0) }
                + role.inlinePolicies.sorted { $0.key < $1.key }.map { .deleteInlinePolicy(name: $0.key, $0.value) } + [
                    .deleteRole
                ], []
        )
    }
}
