import Domain

/// What a setup can be written as, in place of being made.
package enum InfrastructureCodeForm: String, Sendable, CaseIterable {
    case cloudformation, terraform, policy

    /// - Throws: ``ErrorReport`` where the form cannot say what is wanted.
    func check(_ role: RoleGoal?, _ accounts: AccountsRequest) throws(ErrorReport) {
        guard self == .policy else { return }
        if role == nil {
            throw ErrorReport(
                .usage, "a trust policy belongs to a role, and none is named", hints: ["add --role-name"])
        }
        if accounts.only == nil {
            throw ErrorReport(
                .usage, "a trust policy names the account, and there is not exactly one",
                hints: ["add --account with its id"])
        }
    }

    /// - Parameters:
    ///   - accounts: the accounts named; a trust policy alone is one account's.
    ///   - partition: of that account.
    /// - Throws: ``ErrorReport`` for a trust policy that is too long.
    func text(of goal: SetupGoal, accounts: AccountsRequest, partition: Partition) throws(ErrorReport) -> String {
        let account = accounts.only
        let trustPolicy = try goal.role.map { (role) throws(ErrorReport) in
            try Self.trustPolicy(goal, role, partition, account)
        }
        switch self {
        case .cloudformation: return CloudFormationTemplate(goal).text
        case .terraform: return TerraformConfiguration(goal).text
        case .policy: return (trustPolicy?.prettyText ?? "") + "\n"
        }
    }

    /// The trust policy of one account, which is as long as any other's.
    private static func trustPolicy(
        _ goal: SetupGoal, _ role: RoleGoal, _ partition: Partition, _ account: AccountID?
    ) throws(ErrorReport) -> PolicyDocument {
        let id = account?.text ?? "000000000000"
        let provider = ARN(partition, "iam", account: id, "oidc-provider/\(goal.issuer.path)")
        let statement = TrustStatement(
            providerARN: provider.text, issuerPath: goal.issuer.path,
            audiences: goal.audiences, subjects: role.subjects)
        let policy = PolicyDocument(statements: [statement.json])
        do throws(SetupRefusal) {
            try policy.checkSize()
        } catch {
            throw ErrorReport(error)
        }
        return policy
    }
}
