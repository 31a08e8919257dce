import ArgumentParser
import Domain
import Operations

/// `keyless rotate`: another access key for a service connection that cannot do without one yet.
struct RotateCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Rotate the IAM access key of an AWS service connection without a lock-out.",
        usage: "keyless rotate [options]",
        discussion: """
            Creates a key, waits until AWS accepts it, and only then puts it into the
            service connection, which stays the same one with all its permissions. The
            old key is deactivated, and deleted once --grace is over and it was not
            used any more. A run that was cut off is finished, or undone, by the next.

              keyless rotate --user-name ci-deploy --secret-id prod/ci-deploy \\
                --organization contoso --project 'Web Shop' \\
                --service-connection aws-prod --dry-run

            Better than rotating keys is having none: see 'keyless migrate'.
            """
    )

    @OptionGroup(title: "What to rotate") var rotation: RotationOptions
    @OptionGroup(title: "How carefully") var propagation: KeyPropagationOptions
    @OptionGroup(title: "Service connection") var place: ServiceConnectionOptions
    @OptionGroup(title: "Azure DevOps") var azure: AzureCredentialOptions
    @OptionGroup(title: "AWS") var admin: AdminOptions
    @OptionGroup(title: "Who is told") var notification: NotificationOptions
    @OptionGroup(title: "What to do") var change: ChangeOptions
    @OptionGroup(title: "Everywhere") var everywhere: EverywhereOptions

    var verbosity: Verbosity { everywhere.verbosity }
    var output: OutputForm { change.output }

    mutating func validate() throws {
        if change.offline { throw ValidationError("--offline leaves nothing to do here") }
        if rotation.wait && (change.dryRun || change.check) {
            throw ValidationError("--wait goes with neither --dry-run nor --check")
        }
        if rotation.rotationsFile != nil && place.serviceConnection != nil {
            throw ValidationError("--rotations-file names the service connections: leave out --service-connection")
        }
    }

    func request(_ context: Context) throws(ErrorReport) -> RotateRequest {
        var settings = RotationSettings()
        (settings.userName, settings.secretID) = (rotation.userName, rotation.secretId)
        (settings.place, settings.azure, settings.admin) = (place.settings, azure.settings, admin.settings)
        if let grace = rotation.grace { settings.grace = grace.duration }
        let manner = RotationManner(
            isRollback: rotation.rollback, leastAge: rotation.olderThan?.duration,
            replacesInactive: rotation.replaceInactive, waits: rotation.wait, propagation: propagation.propagation)
        return try RotateRequest(
            settings, manner: manner, rotationsFile: rotation.rotationsFile, notification: notification.settings,
            change: change.request, network: everywhere.network(context), context)
    }

    func run(_ context: Context, _ console: Console) async throws {
        try await Rotate.run(try request(context), context, console)
    }
}
