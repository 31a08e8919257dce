package import Domain

/// How credentials are handed on, as it was asked for.
package struct HandoverSettings: Sendable {
    /// `nil` for the usual one: the agent's in a pipeline, a shell's elsewhere.
    package var format: HandoverFormat?
    package var exposure: Exposure?
    /// Whether the variables that the AWS Toolkit's tasks read are set too.
    package var toolkitVariables = false
    package var profile: String?
    /// A JSON file that names many profiles.
    package var profilesFile: String?
    /// Whether profiles call this program whenever a tool needs credentials.
    package var credentialProcess = false
    /// Whether the session is kept in a file until shortly before it ends.
    package var cache = false

    package init() {}
}

/// The formats of `--format`: the agent's logging commands, and the textual ones.
package enum HandoverFormat: Sendable, Equatable {
    case pipeline
    case text(CredentialFormat)

    /// - Parameter name: as the user types it.
    package init?(_ name: String) {
        if name == "pipeline" {
            self = .pipeline
        } else if let format = CredentialFormat(rawValue: name) {
            self = .text(format)
        } else {
            return nil
        }
    }

    /// The one that is meant if nobody names one.
    package static func usual(_ context: Context) -> HandoverFormat { context.isPipeline ? .pipeline : .text(.env) }

    /// What the user can type.
    package static var names: [String] { ["pipeline"] + CredentialFormat.allCases.map(\.rawValue) }

    /// Whether a variable can be taken from those who read it, rather than only set to nothing.
    var canUnset: Bool { ![.pipeline, .text(.envNoExport), .text(.dotenv)].contains(self) }
}

/// The values of `--expose`: how an agent's later steps get the credentials.
package enum Exposure: String, Sendable, CaseIterable {
    /// Plain variables of all later steps, masked in the log.
    case variables
    /// Secret variables, which steps have to map.
    case secrets
    /// A credentials file of the job's.
    case file
}
