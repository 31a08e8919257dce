import AWS
import Domain

extension ErrorReport {
    /// An AWS service said no, or said nothing.
    init(_ error: AWSError) {
        switch error {
        case .transport(let error):
            self.init(error)
        case .malformedAnswer(let operation, let reason):
            self.init(
                .unavailable, "the answer to \(operation) is not AWS's: \(reason)",
                hints: ["a proxy or a captive portal may stand between"])
        case .service(let fault) where fault.code == nil && error.retryAdvice == .never:
            self.init(
                .unavailable, "the answer is not AWS's: it has status \(fault.status) and no error code",
                hints: ["a proxy or a captive portal may stand between"])
        case .service(let fault):
            let code = fault.code.map { ForeignText.clean($0, limit: 100) } ?? "status \(fault.status)"
            let message = fault.message.map { ": \(ForeignText.clean($0, limit: 500))" } ?? ""
            self.init(
                Self.exitCode(of: error), code + message,
                hints: fault.requestID.map { ["AWS request id \(ForeignText.clean($0, limit: 80))"] } ?? [])
        }
    }

    /// The same, with the hop it happened at and what to do there.
    init(_ failure: ExchangeFailure) {
        let report = ErrorReport(failure.cause)
        guard case .service(let fault) = failure.cause else {
            self.init(report.code, "\(Self.attempt(at: failure.hop)): \(report.message)", hints: report.hints)
            return
        }
        self.init(
            report.code, "\(Self.refusal(at: failure.hop)): \(report.message)",
            hints: Self.hints(for: failure, fault) + report.hints)
    }

    /// What was to come of the hop, where STS said neither yes nor no.
    private static func attempt(at hop: ExchangeFailure.Hop) -> String {
        switch hop {
        case .token(let role, _), .chain(let role): "no session of \(role)"
        case .verification: "the new credentials could not be verified"
        }
    }

    private static func refusal(at hop: ExchangeFailure.Hop) -> String {
        switch hop {
        case .token(let role, _): "STS did not take the token for \(role)"
        case .chain(let role): "STS did not let the session assume \(role)"
        case .verification: "the new credentials did not work at STS"
        }
    }

    private static func exitCode(of error: AWSError) -> ExitCode {
        switch error.retryAdvice {
        case .throttled: .throttled
        case .transient, .doubtful: .unavailable
        case .never: .refused
        }
    }

    /// By the code and, for the one code that AWS gives to very different causes, by what the token says.
    private static func hints(for failure: ExchangeFailure, _ error: ServiceFault) -> [String] {
        switch (failure.hop, error.code) {
        case (.token(let role, let claims), "AccessDenied"):
            return [
                """
                AWS gives this one answer where the role does not exist, where its trust policy names another provider, \
                and where a condition fails; compare the trust policy of \(role) with:
                    "Federated": "arn:\(role.partition):iam::\(role.account):oidc-provider/\(path(claims))"
                    "\(path(claims)):sub": "\(clean(claims.subject))"
                    "\(path(claims)):aud": "\(clean(claims.audiences.first ?? ""))"
                """
            ]
        case (.token(let role, let claims), "InvalidIdentityToken"):
            return [
                saying(claims),
                "account \(role.account) needs an IAM OIDC provider with URL \(clean(claims.issuer)) and audience "
                    + clean(claims.audiences.first ?? ""),
            ]
        case (.token, "ExpiredTokenException"):
            return ["two new tokens were refused too: is the clock of the machine that issues them right?"]
        case (.chain(let role), "AccessDenied"):
            return [
                "the trust policy of \(role) must allow the role before it, and its permissions sts:AssumeRole on it",
                "where it asks for an external id, give --external-id",
            ]
        case (_, "RegionDisabledException"):
            return ["an administrator turns STS on for a region: IAM console > Account settings"]
        case (_, "PackedPolicyTooLarge"), (_, "MalformedPolicyDocument"):
            return ["look at --policy and --policy-arn"]
        case (_, "ValidationError") where error.message?.contains("DurationSeconds") == true:
            return ["the role's maximum session duration is shorter: lower --duration or raise it in IAM"]
        default:
            return []
        }
    }

    private static func saying(_ claims: Claims) -> String {
        """
        the token says
            iss  \(clean(claims.issuer))
            sub  \(clean(claims.subject))
            aud  \(claims.audiences.map(clean).joined(separator: ", "))
        """
    }

    private static func path(_ claims: Claims) -> String {
        clean(claims.issuer.hasPrefix("https://") ? String(claims.issuer.dropFirst(8)) : claims.issuer)
    }

    private static func clean(_ text: String) -> String { ForeignText.clean(text, limit: 400) }
}
