import ArgumentParser
import Domain

/// What a setup can be written as, in place of being made.
enum Emission: String, ExpressibleByArgument, CaseIterable {
    case cloudformation, terraform, policy

    /// - Parameters:
    ///   - accounts: the accounts named; a trust policy alone is one account's.
    ///   - partition: of that account.
    /// - Throws: ``ErrorReport`` where the form cannot say what is wanted.
    func text(of goal: SetupGoal, accounts: AccountsRequest, partition: String) throws(ErrorReport) -> String {
        switch self {
        case .cloudformation: return CloudFormationTemplate(goal).text
        case .terraform: return TerraformConfiguration(goal).text
        case .policy:
            guard let role = goal.role else {
                throw ErrorReport(
                    .usage, "a trust policy belongs to a role, and none is named", hints: ["add --role-name"])
            }
            guard let account = accounts.only else {
                throw ErrorReport(
                    .usage, "a trust policy names the account, and there is not exactly one",
                    hints: ["add --account with its id"])
            }
            let statement = TrustStatement(
                providerARN: goal.issuer.arn(partition: partition, account: account), issuerPath: goal.issuer.path,
                audiences: goal.audiences, subjects: role.subjects)
            return PolicyDocument(statements: [statement.json]).prettyText + "\n"
        }
    }
}
