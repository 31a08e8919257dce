import ArgumentParser
import Domain

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
    @OptionGroup(title: "How carefully") var acceptance: AcceptanceOptions
    @OptionGroup(title: "Service connection") var place: ServiceConnectionOptions
    @OptionGroup(title: "Azure DevOps") var azure: AzureCredentialOptions
    @OptionGroup(title: "AWS") var admin: AdminOptions
    @OptionGroup(title: "Who is told") var notification: NotificationOptions
    @OptionGroup(title: "What to do") var change: ChangeOptions
    @OptionGroup(title: "Everywhere") var global: GlobalOptions

    var verbosity: Verbosity { global.verbosity }

    mutating func validate() throws {
        if change.offline { throw ValidationError("--offline leaves nothing to do here") }
        if rotation.wait && (change.dryRun || change.check) {
            throw ValidationError("--wait goes with neither --dry-run nor --check")
        }
        if rotation.rotationsFile != nil && place.serviceConnection != nil {
            throw ValidationError("--rotations-file names the service connections: leave out --service-connection")
        }
    }

    func run(_ context: Context, _ console: Console) async throws {
        let requests = try RotationRequest.all(rotation, place, azure, admin, context)
        let network = try Network(global, context, console)
        let principals = Principals(network, context, console)
        let notifier = try await notifier(principals, context, console)
        let settings = RotationSettings(rotation, acceptance.acceptance)
        let rotations = Rotations(
            requests: requests, settings: settings, change: change, principals: principals, context: context,
            console: console)
        let outcomes = try await rotations.run()
        let notification = RunNotification(outcomes, settings)
        if notification.status != .unchanged {
            for warning in await notifier?.send(notification) ?? [] {
                console.warn(warning.message, hint: warning.hint)
            }
        }
        try rotations.finish(outcomes)
    }

    /// Who is told; `nil` where nobody is to be, or nobody can be. That is no reason to leave an old key in use.
    private func notifier(
        _ principals: Principals, _ context: Context, _ console: Console
    ) async throws -> Notifier? {
        if change.dryRun || change.check { return nil }
        let admin = admin
        do {
            return try await Notifier(notification, global, context, console) { name in
                try await principals.parameter(name, as: admin)
            }
        } catch {
            let report = ErrorReport(error)
            guard report.code != .usage else { throw report }
            console.warn("nobody will be told how this ends: \(report.message)", hint: report.hints.first)
            return nil
        }
    }
}
