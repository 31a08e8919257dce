import AzureDevOps
import Domain

extension ErrorReport {
    /// A value that a format has no way to write.
    init(_ error: FormatError) {
        self.init(
            .badInput,
            "\(error.name) cannot be written as \(error.format.rawValue): \(ErrorReport.words(for: error.reason))",
            hints: ["--format json can hold any value"])
    }

    /// A value that the agent would refuse.
    init(_ failure: LoggingCommand.Failure) {
        switch failure {
        case .lineEnd(let variable):
            self.init(.badInput, "\(variable) cannot be given to the agent: it has a line end in it")
        }
    }
}
