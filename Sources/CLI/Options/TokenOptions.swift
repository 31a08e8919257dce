import ArgumentParser

/// Where the OIDC token comes from.
struct TokenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Ask for the token of this service connection, by its GUID (default: KEYLESS_SERVICE_CONNECTION). Without \
            one the token is the pipeline's own.
            """, valueName: "guid"))
    var serviceConnection: String?

    @Option(
        help: ArgumentHelp(
            "Read the token from a file instead of asking the agent (default: AWS_WEB_IDENTITY_TOKEN_FILE).",
            valueName: "file"))
    var webIdentityTokenFile: String?

    mutating func validate() throws {
        if serviceConnection != nil && webIdentityTokenFile != nil {
            throw ValidationError("--service-connection and --web-identity-token-file exclude each other")
        }
    }
}

/// What the token's claims must be, checked before anything is sent to AWS.
struct GuardOptions: ParsableArguments {
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
