import ArgumentParser
import Operations

/// Which OIDC providers of an account are meant; all that satisfy each kind of condition.
struct ProviderFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this provider. Repeatable.", valueName: "arn"))
    var providerArn: [String] = []

    @Option(help: ArgumentHelp("Only providers whose issuer is on this host. Repeatable.", valueName: "host"))
    var issuerHost: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only providers with this tag; with several, those that have all. Repeatable.", valueName: "key=value"))
    var tag: [String] = []

    /// - Throws: ``ErrorReport`` for what is no ARN of a provider, or no tag.
    var filter: ProviderFilter {
        get throws(ErrorReport) { try ProviderFilter(arns: providerArn, issuerHosts: issuerHost, tags: tag) }
    }
}
