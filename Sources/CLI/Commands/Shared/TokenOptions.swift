import ArgumentParser
import Operations

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

    var settings: TokenSettings {
        TokenSettings(serviceConnection: serviceConnection, webIdentityTokenFile: webIdentityTokenFile)
    }
}
