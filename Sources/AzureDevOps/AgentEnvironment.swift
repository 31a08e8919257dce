package import Domain

/// What an agent tells the processes of a job in their environment.
///
/// Source: Azure Pipelines, "Use predefined variables"; names are upper-cased and dots become underscores.
package struct AgentEnvironment: Sendable {
    /// The job's access token, which a script step has only where it is mapped.
    package enum AccessToken: Sendable {
        case mapped(Secret)
        case notMapped
        /// The text `$(System.AccessToken)`: the mapping was there and the macro was not replaced.
        case literalMacro
    }

    private let variables: [String: String]

    package init(_ variables: [String: String]) { self.variables = variables }

    /// `nil` where it is absent or empty.
    func variable(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Whether an agent runs this process.
    package var isPipeline: Bool { variable("TF_BUILD")?.lowercased() == "true" }

    /// `SYSTEM_ACCESSTOKEN`, or the name that tasks have it by.
    package var accessToken: AccessToken {
        let names = ["SYSTEM_ACCESSTOKEN", "ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN"]
        let values = names.compactMap(variable)
        let tokens = values.filter { !$0.contains("$(") }.map { Secret($0).trimmed() }
        if let token = tokens.first(where: { !$0.isEmpty }) { return .mapped(token) }
        return values.count > tokens.count ? .literalMacro : .notMapped
    }

    /// `BUILD_DEFINITIONNAME`, in a classic release `RELEASE_DEFINITIONNAME`.
    package var pipelineName: String? { variable("BUILD_DEFINITIONNAME") ?? variable("RELEASE_DEFINITIONNAME") }

    /// `BUILD_BUILDID`, in a classic release `RELEASE_RELEASEID`.
    package var buildID: String? { variable("BUILD_BUILDID") ?? variable("RELEASE_RELEASEID") }
}
