import ArgumentParser
import Domain
import Operations

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
    @OptionGroup(title: "On the way back") var propagation: KeyPropagationOptions
    @OptionGroup(title: "Azure DevOps") var azure: AzureCredentialOptions
    @OptionGroup(title: "AWS") var admin: AdminOptions
    @OptionGroup(title: "What to do") var change: ChangeOptions
    @OptionGroup(title: "Everywhere") var everywhere: EverywhereOptions

    var verbosity: Verbosity { everywhere.verbosity }
    var output: OutputForm { change.output }

    mutating func validate() throws {
        if change.offline && (migration.list || migration.undo) {
            throw ValidationError("--offline goes with neither --list nor --undo")
        }
        if migration.list && place.serviceConnection != nil {
            throw ValidationError("--list shows them all: leave out --service-connection")
        }
    }

    func request(_ context: Context) throws(ErrorReport) -> MigrateRequest {
        let network = try everywhere.network(context)
        if migration.list {
            return .list(
                try ConnectionListRequest(
                    place.settings, azure: azure.settings, admin: admin.settings, output: change.output,
                    network: network, context))
        }
        var settings = MigrationSettings(propagation: propagation.propagation, change: change.request)
        (settings.place, settings.azure, settings.admin) = (place.settings, azure.settings, admin.settings)
        settings.roleARN = migration.roleArn
        (settings.retiresKey, settings.grace) = (migration.retireKey, migration.grace.duration)
        (settings.undoes, settings.secretID) = (migration.undo, migration.secretId)
        settings.secretAccessKeyFile = migration.secretAccessKeyFile
        settings.verifies = migration.verify
        return .change(try MigrationRequest(settings, network: network, context))
    }

    func run(_ context: Context, _ console: Console) async throws {
        try await Migrate.run(try request(context), context, console)
    }
}
