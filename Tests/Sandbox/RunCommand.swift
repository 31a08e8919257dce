import ArgumentParser
import Emulator

/// `keyless-sandbox run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a command as a step of a job, and ends with its exit code.",
        discussion: """
            The command finds the environment of an Azure Pipelines job, with the endpoints of the sandbox: keyless, \
            the AWS CLI and curl work in it as they are. Where the command is keyless itself, --trusted-host and \
            --ca-bundle are added behind its subcommand; scripts find the same flags in $KEYLESS_SANDBOX_ARGS.

            A shell to look around in:
              keyless-sandbox run -- bash

            IAM, as at AWS, takes signatures for one region only:
              keyless-sandbox run --administrator -- aws --region us-east-1 iam list-roles
            """)

    static let administratorHelp =
        "Give an administrator's credentials too: the access key of a user who may do everything in AWS, and a "
        + "personal access token for Azure DevOps."

    @OptionGroup var options: SandboxOptions

    @Flag(help: ArgumentHelp(stringLiteral: RunCommand.administratorHelp))
    var administrator = false

    @Argument(parsing: .postTerminator, help: "The command and its arguments, behind '--'.")
    var command: [String] = []

    func validate() throws {
        if command.isEmpty { throw ValidationError("There is no command: keyless-sandbox run -- keyless token") }
    }

    func run() async throws {
        let sandbox = try await options.start()
        let invocation = Invocation(
            command, in: sandbox, isAdministrator: administrator, hasAddresses: options.notifications)
        invocation.announce()
        let child = try ChildProcess(invocation.arguments, environment: invocation.environment)
        let code = await child.wait()
        await options.stop(sandbox)
        if code != 0 { throw ExitCode(code) }
    }
}
