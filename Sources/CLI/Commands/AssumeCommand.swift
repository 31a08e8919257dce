import ArgumentParser

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
    @OptionGroup(title: "Token checks, before anything is sent to AWS") var guards: GuardOptions
    @OptionGroup(title: "Output") var delivery: DeliveryOptions
    @OptionGroup(title: "Everywhere") var global: GlobalOptions

    var verbosity: Verbosity { global.verbosity }

    func run(_ context: Context, _ console: Console) async throws {
        if self.delivery.profilesFile != nil || self.delivery.credentialProcess {
            return try await ProfileWriting(self.delivery, role, token, guards, context, console).run(global)
        }
        // Where the credentials go is settled first: a session nobody can receive is not worth asking for.
        let delivery = try Delivery(self.delivery, context)
        try delivery.prepare()
        let session =
            self.delivery.cache
            ? try await CachedExchange(role: role, token: token, guards: guards, global: global).run(context, console)
            : try await Exchange(role, token, guards, global, context, console).run()
        try delivery.deliver(session, context, console)
    }
}
