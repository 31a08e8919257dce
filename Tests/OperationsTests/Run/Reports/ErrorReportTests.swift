import Domain
import Testing

@testable import AWS
@testable import AzureDevOps
@testable import Operations

/// What each kind of failure returns. Words are tested by the scripts, where a user would read them.
@Suite struct ErrorReportTests {
    private func fault(_ code: String?, status: Int) throws -> ExchangeFailure {
        let role = try RoleARN("arn:aws:iam::111122223333:role/deploy")
        let fault = ServiceFault(ServiceCall(.sts, "AssumeRole"), status: status, code: code)
        return ExchangeFailure(cause: .service(fault), hop: .chain(role))
    }

    @Test(
        "AWS's answers",
        arguments: [
            ("AccessDenied" as String?, 403, ExitCode.refused), ("ValidationError", 400, .refused),
            ("Throttling", 400, .throttled), ("InternalFailure", 500, .unavailable), (nil, 503, .unavailable),
            (nil, 302, .unavailable),
        ])
    func aws(code: String?, status: Int, expected: ExitCode) throws {
        #expect(ErrorReport(try fault(code, status: status)).code == expected)
    }

    @Test(
        "Azure DevOps's answers",
        arguments: [
            (OIDCTokenError.accessTokenRefused(activityID: nil), ExitCode.refused), (.signInPage, .refused),
            (.notFound, .refused), (.throttled(after: nil), .throttled),
            (.serviceFailed(status: 503, message: nil), .unavailable), (.malformedAnswer(reason: ""), .unavailable),
            (.transport(.cannotResolve(host: "dev.azure.com")), .unavailable),
        ])
    func azure(error: OIDCTokenError, expected: ExitCode) { #expect(ErrorReport(error).code == expected) }

    @Test("what others wrote cannot be a command to the agent")
    func foreignText() throws {
        let message = "no\n##vso[task.setvariable variable=PATH]/tmp"
        let report = ErrorReport(OIDCTokenError.unexpected(status: 400, message: message))
        #expect(!report.message.contains("##vso["))
        #expect(!report.message.contains("\n"))
    }

    @Test("an error nobody foresaw says so and asks for a report")
    func unexpected() {
        struct Strange: Error {}
        #expect(ErrorReport(Strange()).code == .unexpected)
        #expect(!ErrorReport(Strange()).hints.isEmpty)
    }
}
