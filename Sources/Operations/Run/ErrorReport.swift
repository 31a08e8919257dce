import AWS
import AzureDevOps
import CredentialServer
package import Domain
import LinuxSystem

/// What a person is told when something went wrong, and what the process returns.
///
/// Thrown as it is by the commands' own checks; made from every other error here, in the only place that knows them
/// all. A message says what happened and at which hop; a hint says what to type or where to look.
package struct ErrorReport: Error {
    package let code: ExitCode
    package let message: String
    package let hints: [String]
    /// The values behind the message, for programs.
    package let facts: [Fact]

    package init(_ code: ExitCode, _ message: some StringProtocol, hints: [String] = [], facts: [Fact] = []) {
        (self.code, self.message, self.hints, self.facts) = (code, String(message), hints, facts)
    }

    /// The same for a program, on a line. What others wrote is cleaned in it, as it is for a person.
    var json: String {
        var members: [String: JSONValue] = [
            "code": .integer(Int64(code.rawValue)), "message": .text(Self.cleaned(message)),
            "hints": .list(hints.map { .text(Self.cleaned($0)) }),
        ]
        let facts = Dictionary(facts.map { ($0.name, Self.cleaned($0.value)) }) { "\($0); \($1)" }
        if !facts.isEmpty { members["facts"] = .members(facts.mapValues { .text($0) }) }
        return JSONReport.text(.error, members, order: ["code", "message", "hints", "facts"], isPretty: false)
    }

    /// A hint may have lines of its own.
    private static func cleaned(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { ForeignText.clean(String($0), limit: 4000) }.joined(separator: "\n")
    }

    /// What a person is told of any error.
    package init(_ error: any Error) {
        switch error {
        case let report as ErrorReport: self = report
        case let error as HTTPError: self.init(error)
        case let error as AWSError: self.init(error)
        case let error as CredentialError: self.init(error)
        case let error as OIDCTokenError: self.init(error)
        case let error as TokenRefusal: self.init(error)
        case let error as ExchangeFailure: self.init(error)
        case let error as FileSystem.Failure: self.init(error)
        case let error as ThumbprintFailure: self.init(error)
        case let error as OrganizationError: self.init(error, doing: "Azure DevOps could not be asked")
        case let problem as RotationProblem: self.init(problem)
        case let error as FormatError: self.init(error)
        case let failure as LoggingCommand.Failure: self.init(failure)
        case let error as SetupRefusal: self.init(error)
        case let error as ChangedMeanwhile:
            self.init(
                .resumable, "someone else changed \(ForeignText.clean(error.what, limit: 300)) in the meantime",
                hints: [ChangedMeanwhile.advice])
        case let failure as BackgroundProcess.Failure: self.init(failure)
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
