import ArgumentParser
import Operations

/// `keyless exec`: one command with credentials.
struct ExecCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a command with AWS credentials in its environment, and nowhere else.",
        usage: "keyless exec --role-arn <arn> [options] -- <command> [arguments]",
        discussion: """
            The command takes this process's place: signals reach it directly and its exit code is the step's. AWS_* \
            variables that would conflict are removed from its environment. With --refresh it runs as a child, and \
            signals and exit code are passed on.

              keyless exec --role-arn arn:aws:iam::111122223333:role/deploy -- make

            SYSTEM_ACCESSTOKEN stays, since the step mapped it; to keep it from the command:

              keyless exec … -- env --unset=SYSTEM_ACCESSTOKEN make
            """
    )

    @OptionGroup(title: "Role and session") var role: RoleOptions
    @OptionGroup(title: "Token") var token: TokenOptions
    @OptionGroup(title: "Token checks, before anything is sent to AWS") var rules: TokenRuleOptions
    @Flag(
        help: """
            Keep the credentials fresh for as long as the command runs: it takes them from an endpoint on this \
            machine, as the AWS CLI and all AWS SDKs can, and not from AWS_ACCESS_KEY_ID.
            """)
    var refresh = false
    @OptionGroup(title: "Everywhere") var everywhere: EverywhereOptions

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command, after --.", valueName: "command"))
    var command: [String] = []

    var verbosity: Verbosity { everywhere.verbosity }

    mutating func validate() throws {
        guard let name = command.first, !name.isEmpty else {
            throw ValidationError("there is no command to run: it goes after --, as in keyless exec … -- aws s3 ls")
        }
    }

    func request(_ context: Context) throws(ErrorReport) -> ExecRequest {
        try ExecRequest(
            role.settings(token, rules), command: command, isRefreshed: refresh, network: everywhere.network(context),
            context)
    }

    func run(_ context: Context, _ console: Console) async throws {
        throw CommandEnd(code: try await Exec.run(try request(context), context, console))
    }
}
