import ArgumentParser
import Domain

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
    @OptionGroup(title: "Token checks, before anything is sent to AWS") var guards: GuardOptions
    @OptionGroup(title: "Everywhere") var global: GlobalOptions

    var verbosity: Verbosity { global.verbosity }

    func run(_ context: Context, _ console: Console) async throws {
        let format = serve.format ?? (context.isPipeline ? .pipeline : .text(.env))
        if serve.stop {
            try await EndpointStop(format: format, context: context, console: console).run()
        } else if serve.background && serve.readyDescriptor == nil {
            throw CommandEnd(code: try BackgroundProcess.start())
        } else {
            let roles = try ServedRoles.all(serve, role, token, guards, global, context, console)
            try await Serving(
                roles: roles, options: serve, format: format, context: context, console: console
            ).run()
        }
    }
}
