import AzureDevOps
import Domain

extension ErrorReport {
    /// Azure DevOps gave no token.
    init(_ error: OIDCTokenError) {
        let hop = "Azure DevOps gave no token"
        switch error {
        case .transport(let error):
            let report = ErrorReport(error)
            self.init(report.code, "\(hop): \(report.message)", hints: report.hints, facts: report.facts)
        case .accessTokenRefused(let activity):
            self.init(
                .refused, "\(hop): it does not accept this job's access token (401)",
                hints: [
                    "the token of SYSTEM_ACCESSTOKEN ends with its job: map it in this very step, do not store it"
                ] + Self.support(activity))
        case .signInPage:
            self.init(
                .refused, "\(hop): it answered with its sign-in page, so it took the access token for none",
                hints: ["check what SYSTEM_ACCESSTOKEN is mapped to: it must be $(System.AccessToken)"])
        case .connectionNotReferenced(let id, let place):
            self.init(
                .refused,
                "\(hop): service connection \(id) is not referenced in this stage"
                    + (place.map { " (\(ForeignText.clean($0, limit: 200)))" } ?? ""),
                hints: [Self.reference])
        case .connectionUnknown(let id):
            self.init(
                .refused, "\(hop): there is no service connection \(id) that this pipeline may use",
                hints: [
                    "compare the GUID with resourceId= in the address of the connection's page",
                    "its page > More > Security > Pipeline permissions must list this pipeline",
                ])
        case .forbidden(let message):
            self.init(
                .refused, "\(hop): this job may not ask for one (403)\(Self.quoted(message))",
                hints: ["Project settings > Settings may limit the job's authorization scope"])
        case .notFound:
            self.init(
                .refused, "\(hop): there is nothing at the address it named (404)",
                hints: [
                    "the address holds for the job that is running now: was SYSTEM_OIDCREQUESTURI stored and reused?"
                ])
        case .throttled(let after):
            self.init(
                .throttled, "\(hop): it kept throttling this organisation (429)",
                hints: [
                    (after.map { "it asks for a wait of \($0.components.seconds) s: " } ?? "")
                        + "run again later, or give it longer with --timeout 5m"
                ])
        case .serviceFailed(let status, let message):
            self.init(.unavailable, "\(hop): it failed (\(status))\(Self.quoted(message))")
        case .malformedAnswer(let reason):
            self.init(
                .unavailable, "\(hop): its answer made no sense: \(ForeignText.clean(reason))",
                hints: ["a proxy or a captive portal may stand between"])
        case .unexpected(let status, let message):
            self.init(.refused, "\(hop) (\(status))\(Self.quoted(message))")
        }
    }

    /// A task that never runs is a reference too: Azure Pipelines collects them when the job is queued.
    private static let reference = """
        a task of the same job must name it as an input; one that never runs is enough:
            - task: AWSShellScript@1    # for a connection of type AWS; cURLUploader@2 for Generic
              condition: false
              inputs:
                awsCredentials: <the connection>
                regionName: eu-west-1
                scriptType: inline
                inlineScript: ':'
        """

    static func quoted(_ message: String?) -> String {
        message.map { ": \(ForeignText.clean($0, limit: 500))" } ?? ""
    }

    private static func support(_ activity: String?) -> [String] {
        activity.map { ["for a support case: activity id \(ForeignText.clean($0, limit: 100))"] } ?? []
    }
}
