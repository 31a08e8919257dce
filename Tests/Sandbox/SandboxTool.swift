import ArgumentParser

/// `keyless-sandbox`: Azure DevOps and AWS on this machine, for trying keyless without either.
@main
struct SandboxTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keyless-sandbox",
        abstract: "Plays Azure DevOps and AWS on this machine, so that keyless can be tried without either.",
        discussion: """
            Every name, token and credential in it is made up, and it listens on the loopback interface only. It is as \
            strict as the real services: tokens are signed and verified, trust policies evaluated, signatures checked.

            To begin with:
              keyless-sandbox run -- keyless token
              keyless-sandbox run -- keyless exec -- aws sts get-caller-identity
              keyless-sandbox agent -- keyless assume --format pipeline
            """,
        subcommands: [RunCommand.self, AgentCommand.self, ServeCommand.self])
}
