import ArgumentParser
import Operations

/// Which role, and what kind of session.
struct RoleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The role to assume (default: AWS_ROLE_ARN).", valueName: "arn"))
    var roleArn: String?

    @Option(
        help: ArgumentHelp(
            "A role to assume with the first one's credentials, at most 1 hour long. Repeatable, in order.",
            valueName: "arn"))
    var chainRoleArn: [String] = []

    @Option(help: ArgumentHelp("The external id that the chained roles ask for.", valueName: "id"))
    var externalId: String?

    @Option(
        help: ArgumentHelp(
            "The session's name in CloudTrail (default: AWS_ROLE_SESSION_NAME, then azp-<pipeline>-<build id>).",
            valueName: "name"))
    var sessionName: String?

    @Option(help: ArgumentHelp("How long the credentials live: 3600, 45m, 1h; 15m to 12h.", valueName: "time"))
    var duration: String = "1h"

    @Option(help: ArgumentHelp("The AWS region (default: AWS_REGION, then AWS_DEFAULT_REGION).", valueName: "region"))
    var region: String?

    @Option(help: ArgumentHelp("A session policy, a JSON file that narrows what the role may do.", valueName: "file"))
    var policy: String?

    @Option(help: ArgumentHelp("A managed policy as session policy. Repeatable, at most 10.", valueName: "arn"))
    var policyArn: [String] = []

    @Option(
        help: ArgumentHelp(
            "Fail unless the credentials are of this account, asked of AWS too. Repeatable.", valueName: "account"))
    var allowedAccountId: [String] = []

    @Flag(help: "Use the credentials once (GetCallerIdentity) before handing them out.")
    var verify = false

    /// What these options ask for, with the token and the rules of those.
    func settings(_ token: TokenOptions, _ rules: TokenRuleOptions) -> SessionSettings {
        var settings = SessionSettings()
        settings.roleARN = roleArn
        settings.chainRoleARNs = chainRoleArn
        settings.externalID = externalId
        settings.sessionName = sessionName
        settings.duration = duration
        settings.region = region
        settings.policyFile = policy
        settings.policyARNs = policyArn
        settings.allowedAccounts = allowedAccountId
        settings.verifies = verify
        settings.token = token.settings
        settings.rules = TokenRules(
            issuers: rules.issuer, branches: rules.requireBranch, pipelines: rules.requirePipeline)
        return settings
    }
}
