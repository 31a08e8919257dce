import ArgumentParser
import Operations

/// The root: the list of commands and nothing else.
struct KeylessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keyless",
        abstract: "Short-lived AWS credentials for Azure Pipelines jobs, with no stored access key.",
        discussion: """
            In a pipeline step, with SYSTEM_ACCESSTOKEN mapped:

              keyless assume --role-arn arn:aws:iam::111122223333:role/deploy
              keyless exec   --role-arn arn:aws:iam::111122223333:role/deploy -- aws s3 ls

            Exit codes are listed in docs/exit-codes.md.
            """,
        version: Release.version,
        subcommands: [
            AssumeCommand.self, ExecCommand.self, ServeCommand.self, TokenCommand.self, SetupProviderCommand.self,
            RefreshThumbprintsCommand.self, RotateCommand.self, MigrateCommand.self,
        ]
    )
}
