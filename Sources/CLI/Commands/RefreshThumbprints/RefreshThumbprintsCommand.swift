import ArgumentParser
import Operations

/// `keyless refresh-thumbprints`: what IAM OIDC providers are pinned to.
struct RefreshThumbprintsCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh-thumbprints",
        abstract: "Bring the thumbprints of IAM OIDC providers up to date, and say whether AWS uses them at all.",
        usage: "keyless refresh-thumbprints [options]",
        discussion: """
            For each provider of the account it reads the issuer's discovery
            document, follows it to the keys, and takes the last certificate each of
            the two hosts presents, as IAM's documentation has it.

            --ca-bundle adds roots to the system's here: a provider that only these
            vouch for is one whose thumbprint AWS uses.
            """
    )

    @OptionGroup(title: "Which providers") var filter: ProviderFilterOptions
    @OptionGroup(title: "AWS") var admin: AdminOptions
    @Flag(
        help: "Drop thumbprints that no host presents any more. Without it they give way only where there is no room.")
    var prune = false
    @OptionGroup(title: "What to do") var change: ChangeOptions
    @OptionGroup(title: "Everywhere") var everywhere: EverywhereOptions

    var verbosity: Verbosity { everywhere.verbosity }
    var output: OutputForm { change.output }

    mutating func validate() throws {
        if change.offline { throw ValidationError("--offline leaves nothing to do here: the hosts have to be asked") }
    }

    func request(_ context: Context) throws(ErrorReport) -> RefreshRequest {
        RefreshRequest(
            try filter.filter, isPruning: prune, admin: admin.settings, change: change.request,
            network: try everywhere.network(context))
    }

    func run(_ context: Context, _ console: Console) async throws {
        try await RefreshThumbprints.run(try request(context), context, console)
    }
}
