import AzureDevOps
import Domain
import LinuxSystem

/// Where the credential for Azure DevOps comes from, as it was asked for. It is never an argument.
package struct AzureCredentialSettings: Sendable {
    /// A file with a personal access token, or a token of Entra ID.
    package var patFile: String?
    /// A parameter of AWS Systems Manager that holds one.
    package var patParameter: String?

    package init(patFile: String? = nil, patParameter: String? = nil) {
        (self.patFile, self.patParameter) = (patFile, patParameter)
    }

    /// - Throws: ``ErrorReport`` for a file that is not there or holds no token.
    func check(_ context: Context) throws(ErrorReport) {
        if patFile != nil { _ = try AzureCredentialSource.credential(self, parameter: nil, context) }
    }
}

/// Finds what Azure DevOps is asked with.
enum AzureCredentialSource {
    /// The largest file read, in bytes: Entra's tokens have a few thousand.
    private static let largestFile = 64 * 1024

    /// - Parameter parameter: the value of the parameter of Systems Manager, where one was named.
    /// - Throws: ``ErrorReport`` where there is none, or it is empty.
    static func credential(
        _ settings: AzureCredentialSettings, parameter: Secret?, _ context: Context
    ) throws(ErrorReport) -> AzureDevOpsCredential {
        if let parameter {
            return try credential(
                parameter, "the parameter \(ForeignText.clean(settings.patParameter ?? "", limit: 200))")
        }
        if let path = settings.patFile {
            let contents: Secret?
            do throws(FileSystem.Failure) { contents = try FileSystem.read(path, limit: largestFile) } catch {
                throw ErrorReport(error)
            }
            guard let contents else { throw ErrorReport(.badInput, "there is no file \(path)") }
            return try credential(contents, path)
        }
        guard let credential = AzureDevOpsCredential(context.environment) else {
            throw ErrorReport(
                .missingConfiguration, "there is no credential for Azure DevOps",
                hints: [
                    "set AZURE_DEVOPS_EXT_PAT, or name --pat-file or --pat-parameter",
                    "in a pipeline map the job's token: env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }",
                ])
        }
        return credential
    }

    private static func credential(_ contents: Secret, _ place: String) throws(ErrorReport) -> AzureDevOpsCredential {
        guard let credential = AzureDevOpsCredential(contents: contents) else {
            throw ErrorReport(.badInput, "\(place) holds no token of Azure DevOps")
        }
        return credential
    }
}
