import ArgumentParser
import Operations

/// `keyless assume`: credentials for whatever runs next.
struct AssumeCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "assume",
        abstract: "Trade the job's OIDC token for AWS credentials and hand them on.",
        discussion: """
            In a pipeline the credentials become AWS_* variables of the steps that
            follow, masked in the log:

              - bash: keyless assume --role-arn $(roleArn) --region eu-west-1
                env:
                  SYSTEM_ACCESSTOKEN: $(System.AccessToken)
              - bash: aws s3 ls

            In a shell:

              eval "$(keyless assume --format env …)"

            Profiles of many accounts, all or none:

              keyless assume --profiles-file profiles.json

            A profile that gets its credentials whenever a tool needs them:

              keyless assume --credential-process --profile prod --role-arn …
            """
    )

    @OptionGroup(title: "Role and session") var role: RoleOptions
    @OptionGroup(title: "Token") var token: TokenOptions
    @OptionGroup(title: "Token checks, before anything is sent to AWS") var rules: TokenRuleOptions
    @OptionGroup(title: "Output") var handover: HandoverOptions
    @OptionGroup(title: "Everywhere") var everywhere: EverywhereOptions

    var verbosity: Verbosity { everywhere.verbosity }

    func request(_ context: Context) throws(ErrorReport) -> AssumeRequest {
        try AssumeRequest(
            role.settings(token, rules), handover.settings, network: everywhere.network(context), context)
    }

    func run(_ context: Context, _ console: Console) async throws {
        try await Assume.run(try request(context), context, console)
    }
}
