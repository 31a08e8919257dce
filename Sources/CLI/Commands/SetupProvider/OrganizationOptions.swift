import ArgumentParser
import Operations

/// Whose tokens an account shall accept.
struct OrganizationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The Azure DevOps organisation, as in dev.azure.com/NAME (default: the pipeline's own). Its GUID is asked \
            for with the PAT in AZURE_DEVOPS_EXT_PAT, or the job's access token.
            """, valueName: "name"))
    var organization: String?

    @Option(
        help: ArgumentHelp(
            """
            The organisation's GUID, where it is known: also as VisualStudioOnline-<32 digits>, the name of its billing \
            resource group (default: SYSTEM_COLLECTIONID).
            """, valueName: "guid"))
    var organizationId: String?

    @Option(
        help: ArgumentHelp(
            "Take the issuer from a token that the organisation issued, in a file.", valueName: "file"))
    var webIdentityTokenFile: String?

    @Option(
        help: ArgumentHelp(
            """
            Another issuer than https://vstoken.dev.azure.com/<guid>, such as \
            https://login.microsoftonline.com/<tenant>/v2.0 for connections whose tokens Entra issues.
            """, valueName: "url"))
    var issuer: String?

    @Option(
        help: ArgumentHelp(
            """
            An audience to accept (default: that of the issuer's tokens, api://AzureADTokenExchange for Azure DevOps's). \
            Repeatable.
            """, valueName: "audience"))
    var audience: [String] = []

    mutating func validate() throws {
        let sources = [organizationId, webIdentityTokenFile, issuer].compactMap(\.self)
        guard sources.count <= 1 else {
            throw ValidationError("--organization-id, --web-identity-token-file and --issuer exclude each other")
        }
    }

    var settings: OrganizationSettings {
        var settings = OrganizationSettings()
        (settings.name, settings.id, settings.issuer) = (organization, organizationId, issuer)
        (settings.webIdentityTokenFile, settings.audiences) = (webIdentityTokenFile, audience)
        return settings
    }
}
