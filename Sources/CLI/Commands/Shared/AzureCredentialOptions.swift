import ArgumentParser
import Operations

/// Where the credential for Azure DevOps comes from. It is never an argument.
struct AzureCredentialOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Read the personal access token, or a token of Entra ID, from this file (default: AZURE_DEVOPS_EXT_PAT, then \
            SYSTEM_ACCESSTOKEN).
            """, valueName: "file"))
    var patFile: String?

    @Option(
        help: ArgumentHelp("Read it from this parameter of AWS Systems Manager, decrypted.", valueName: "name"))
    var patParameter: String?

    mutating func validate() throws {
        if patFile != nil && patParameter != nil {
            throw ValidationError("--pat-file and --pat-parameter exclude each other")
        }
    }

    var settings: AzureCredentialSettings {
        AzureCredentialSettings(patFile: patFile, patParameter: patParameter)
    }
}
