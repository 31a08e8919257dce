import Domain

extension RunNotification.Failure {
    /// A failure as it is told on stderr.
    ///
    /// - Parameter step: what was being done, `update the service connection`.
    init(step: String, _ report: ErrorReport) {
        self.init(step: step, message: report.message, advice: report.hints)
    }
}
