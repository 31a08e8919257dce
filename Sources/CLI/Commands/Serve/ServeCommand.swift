import ArgumentParser
import Domain
import Operations

/// `keyless serve`: credentials that last as long as the job.
struct ServeCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Give AWS credentials to all later steps, renewed for as long as the job runs.",
        usage: """
            keyless serve --background --role-arn <arn> [options]
            keyless serve --stop
            """,
        discussion: """
            An endpoint on this machine, which the AWS CLI and all AWS SDKs ask by themselves (the container \
            credentials protocol). It renews the session ahead of its end, so nothing runs into ExpiredToken. In a \
            pipeline:

              - bash: keyless serve --background --role-arn $(roleArn) --region eu-west-1
                env:
                  SYSTEM_ACCESSTOKEN: $(System.AccessToken)
              - bash: terraform apply -auto-approve
              - bash: keyless serve --stop
                condition: always()

            In a shell:

              eval "$(keyless serve --background --format env …)"
              eval "$(keyless serve --stop --format env)"
            """
    )

    @OptionGroup(title: "Endpoint") var serve: ServeOptions
    @OptionGroup(title: "Role and session") var role: RoleOptions
    @OptionGroup(title: "Token") var token: TokenOptions
    @OptionGroup(title: "Token checks, before anything is sent to AWS") var rules: TokenRuleOptions
    @OptionGroup(title: "Everywhere") var everywhere: EverywhereOptions

    var verbosity: Verbosity { everywhere.verbosity }

    func request(_ context: Context) throws(ErrorReport) -> ServeRequest {
        if serve.stop { return .stop(serve.format ?? .usual(context)) }
        if serve.background && serve.readyDescriptor == nil { return .startInBackground }
        return .serve(
            try ServedRoles(
                serve.settings, role.settings(token, rules), network: everywhere.network(context), context))
    }

    func run(_ context: Context, _ console: Console) async throws {
        throw CommandEnd(code: try await Serve.run(try request(context), context, console))
    }
}
