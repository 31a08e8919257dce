import AWS
import AzureDevOps
import Domain

/// What a person is told when something went wrong, and what the process returns.
///
/// Thrown as it is by the commands' own checks; made from every other error here, in the only place that knows them
/// all. A message says what happened and at which hop; a hint says what to type or where to look.
struct ErrorReport: Error {
    let code: ExitCode
    let message: String
    let hints: [String]

    init(_ code: ExitCode, _ message: some StringProtocol, hints: [String] = []) {
        (self.code, self.message, self.hints) = (code, String(message), hints)
    }

    init(_ error: any Error) {
        switch error {
        case let report as ErrorReport: self = report
        case let error as HTTPError: self.init(error)
        case let error as AWSError: self.init(error)
        case let error as CredentialError: self.init(error)
        case let error as AzureDevOpsError: self.init(error)
        case let error as TokenRefusal: self.init(error)
        case let error as ExchangeFailure: self.init(error)
        case let error as FileSystem.Failure: self.init(error)
        case let error as ThumbprintFailure: self.init(error)
        case let error as AdminFailure: self.init(error)
        case let error as OrganizationError: self.init(error, doing: "Azure DevOps could not be asked")
        case let problem as RotationProblem: self.init(problem)
        case let error as FormatError: self.init(error)
        case let failure as LoggingCommand.Failure: self.init(failure)
        case let error as SetupRefusal: self.init(error)
        case let error as SystemError: self.init(.unexpected, "cannot write to standard output: \(error)")
        case is CancellationError: self.init(.unavailable, "interrupted")
        default: self.init(.unexpected, "unexpected: \(type(of: error))", hints: ["this is a defect, please report it"])
        }
    }

    /// A file that could not be read or written.
    init(_ failure: FileSystem.Failure) {
        self.init(.badInput, "cannot \(failure.action) \(failure.path): \(failure.reason)")
    }
}
