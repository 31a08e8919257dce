import AzureDevOps
import Domain

/// Finds what Azure DevOps is asked with.
enum AzureCredentialSource {
    /// The largest file read, in bytes: Entra's tokens have a few thousand.
    private static let largestFile = 64 * 1024

    /// - Parameter parameter: reads a parameter of Systems Manager.
    /// - Throws: ``ErrorReport`` where there is none, or it is empty; what `parameter` throws.
    static func credential(
        _ options: AzureCredentialOptions, _ context: Context, parameter: (String) async throws -> Secret
    ) async throws -> AzureDevOpsCredential {
        if let name = options.patParameter {
            return try credential(try await parameter(name), "the parameter \(ForeignText.clean(name, limit: 200))")
        }
        if let path = options.patFile {
            let contents: Secret?
            do throws(FileSystem.Failure) { contents = try FileSystem.read(path, limit: largestFile) } catch {
                throw ErrorReport(error)
            }
            guard let contents else { throw ErrorReport(.badInput, "there is no file \(path)") }
            return try credential(contents, path)
        }
        guard let credential = AzureDevOpsCredential(context.environment) else {
            throw ErrorReport(
                .missingConfiguration, "there is nothing to ask Azure DevOps with",
                hints: [
                    "set AZURE_DEVOPS_EXT_PAT, or name --pat-file or --pat-parameter",
                    "in a pipeline map the job's token: env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }",
                ])
        }
        return credential
    }

    private static func credential(_ contents: Secret, _ place: String) throws(ErrorReport) -> AzureDevOpsCredential {
        let text = contents.trimmed()
        guard !text.isEmpty, !text.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) else {
            throw ErrorReport(.badInput, "\(place) holds no token of Azure DevOps")
        }
        return AzureDevOpsCredential(contents: text)
    }
}
