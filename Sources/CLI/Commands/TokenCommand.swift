import ArgumentParser
import Domain

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
    @OptionGroup(title: "Everywhere") var global: GlobalOptions

    var verbosity: Verbosity { global.verbosity }

    func run(_ context: Context, _ console: Console) async throws {
        let source = try TokenSource(token, context)
        let token = try await source.mint(try Network(global, context, console), console)
        if raw {
            try context.standardOutput.write("\(token.raw)\n")
        } else {
            let claims = ClaimsListing(token, now: context.time.now())
            try context.standardOutput.write(Secret(output == .json ? claims.json : claims.text))
        }
    }
}

/// For a person or for a program.
enum OutputForm: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
