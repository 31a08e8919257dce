import ArgumentParser
import Domain
import Operations

/// `keyless token`: what the job's token says.
struct TokenCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Show the claims of the job's OIDC token, to see what a trust policy must match.",
        usage: "keyless token [options]",
        discussion: "With --raw it prints the token itself, which is a credential: keep it out of logs."
    )

    @OptionGroup(title: "Token") var token: TokenOptions
    @Option(help: "How to print the claims.") var output: OutputForm = .text
    @Flag(help: "Print the token itself.") var raw = false
    @OptionGroup(title: "Everywhere") var everywhere: EverywhereOptions

    var verbosity: Verbosity { everywhere.verbosity }

    func request(_ context: Context) throws(ErrorReport) -> TokenRequest {
        try TokenRequest(
            token.settings, raw ? .raw : .claims(output), network: everywhere.network(context), context)
    }

    func run(_ context: Context, _ console: Console) async throws {
        try await ShowToken.run(try request(context), context, console)
    }
}
