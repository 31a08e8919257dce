import AzureDevOps
import Domain

/// What can be wrong between a command and the service connections of an organisation.
extension ErrorReport {
    private static let scope = "the scope 'Service Connections: Read, query & manage' (vso.serviceendpoint_manage)"

    /// Azure DevOps did not do what it was asked.
    ///
    /// - Parameter what: the hop, as the beginning of a sentence.
    init(_ error: OrganizationError, doing what: String) {
        switch error {
        case .transport(let error):
            let report = ErrorReport(error)
            self.init(report.code, "\(what): \(report.message)", hints: report.hints, facts: report.facts)
        case .credentialRefused:
            self.init(
                .refused, "\(what): Azure DevOps does not take the credential (401)",
                hints: [
                    "a PAT must be live, of that organisation, and have \(Self.scope)",
                    "a job's access token must be $(System.AccessToken) of the job that is running",
                ])
        case .forbidden(let message):
            self.init(
                .refused, "\(what): the credential may not do that (403)\(Self.quotedMessage(message))",
                hints: ["a PAT must have \(Self.scope)", Self.role])
        case .notFound:
            self.init(.badInput, "\(what): it is not there, or the credential cannot see it (404)")
        case .throttled(let after):
            let wait = after.map { "it asks for a wait of \($0.components.seconds) s: " } ?? ""
            self.init(
                .throttled, "\(what): Azure DevOps kept throttling (429)",
                hints: ["\(wait)run it again later, or give it longer with --timeout 5m"])
        case .failed(let status, let message):
            let code: ExitCode = error.retryAdvice == .never ? .refused : .unavailable
            self.init(code, "\(what): Azure DevOps answered \(status)\(Self.quotedMessage(message))")
        case .malformedAnswer:
            self.init(
                .unavailable, "\(what): the answer is not Azure DevOps's",
                hints: ["a proxy or a captive portal may stand between"])
        }
    }

    private static let role =
        "whoever it is of must be Administrator of the connection: its page > More > Security > User permissions"

    private static func quotedMessage(_ message: String?) -> String {
        message.map { ": \(ForeignText.clean($0, limit: 500))" } ?? ""
    }

    /// - Parameter verb: `may not change`
    static func lackingRights(on connection: String, _ verb: String) -> ErrorReport {
        ErrorReport(
            .refused, "the credential \(verb) the service connection \(connection)",
            hints: [
                role, "in a pipeline that is the build service: 'Web Shop Build Service (contoso)', for example",
                "a PAT must have \(scope)",
            ])
    }
}
