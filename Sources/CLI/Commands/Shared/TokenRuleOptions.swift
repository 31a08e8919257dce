import ArgumentParser

/// What the token's claims must be, checked before anything is sent to AWS.
struct TokenRuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Accept this issuer too, besides Azure DevOps's and Entra's own. Repeatable.", valueName: "url"))
    var issuer: [String] = []

    @Option(
        help: ArgumentHelp(
            "Go on only on this branch: main, refs/heads/main, refs/heads/release/*. Repeatable.", valueName: "ref"))
    var requireBranch: [String] = []

    @Option(
        help: ArgumentHelp("Go on only in the pipeline with this definition id. Repeatable.", valueName: "id"))
    var requirePipeline: [String] = []
}
