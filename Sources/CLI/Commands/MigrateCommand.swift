import ArgumentParser
import AWS
import AzureDevOps
import Domain

/// `keyless migrate`: away from access keys.
struct MigrateCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Move an AWS service connection from its access key to OIDC, in place.",
        usage: "keyless migrate [options]",
        discussion: """
            Checks that the role accepts the connection's tokens, and then switches the
            connection, which stays the same one with all its permissions.

              keyless migrate --list --organization contoso
              keyless migrate --organization contoso --project 'Web Shop' \\
                --service-connection aws-prod \\
                --role-arn arn:aws:iam::111122223333:role/deploy --dry-run

            Later, once nothing uses the access key any more:

              keyless migrate … --service-connection aws-prod --retire-key
            """
    )

    @OptionGroup(title: "Service connection") var place: ServiceConnectionOptions
    @OptionGroup(title: "Migration") var migration: MigrationOptions
    @OptionGroup(title: "On the way back") var acceptance: AcceptanceOptions
    @OptionGroup(title: "Azure DevOps") var azure: AzureCredentialOptions
    @OptionGroup(title: "AWS") var admin: AdminOptions
    @OptionGroup(title: "What to do") var change: ChangeOptions
    @OptionGroup(title: "Everywhere") var global: GlobalOptions

    var verbosity: Verbosity { global.verbosity }

    mutating func validate() throws {
        if change.offline && (migration.list || migration.undo) {
            throw ValidationError("--offline goes with neither --list nor --undo")
        }
        if migration.list && place.serviceConnection != nil {
            throw ValidationError("--list shows them all: leave out --service-connection")
        }
    }

    func run(_ context: Context, _ console: Console) async throws {
        if migration.list {
            try await ConnectionList(
                place: place, azure: azure, admin: admin, global: global, output: change.output, context: context,
                console: console
            ).run()
            return
        }
        let request = try MigrationRequest(migration, place, context)
        try await MigrationSetup(
            request: request, options: migration, acceptance: acceptance.acceptance, azure: azure, admin: admin,
            change: change, global: global,
            context: context, console: console
        ).run()
    }
}
