import AWS
import Domain

extension ErrorReport {
    /// A call of AWS brought nothing; if it was not allowed, with the permission to give.
    init(_ error: AWSError) {
        let (report, call) = (Self.reason(of: error), error.call)
        let facts = Self.facts(of: error)
        guard case .service(let fault) = error, ["AccessDenied", "AccessDeniedException"].contains(fault.code) else {
            self.init(
                report.code, "\(call.action) on \(call.resource): \(report.message)", hints: report.hints, facts: facts)
            return
        }
        let caller = call.caller ?? "these credentials"
        // Which key it is, Secrets Manager does not say.
        if fault.message?.contains("Access to KMS is not allowed") == true {
            self.init(
                .refused, "not allowed: kms:Decrypt on the key that encrypts \(call.resource)",
                hints: [
                    "allow it to \(caller), and kms:GenerateDataKey, on the key of KMS", "AWS says: \(report.message)",
                ], facts: facts)
            return
        }
        let (action, resource) = Self.refusedByAnother(fault) ?? (call.action, call.resource)
        self.init(
            .refused, "not allowed: \(action) on \(resource)",
            hints: [
                "allow it to \(caller):",
                #"    {"Effect": "Allow", "Action": "\#(action)", "Resource": "\#(resource)"}"#,
                "AWS says: \(report.message)",
            ], facts: facts)
    }

    /// Systems Manager and Secrets Manager use a key of KMS as the caller, and tell only in words that it was KMS that
    /// refused.
    private static func refusedByAnother(_ fault: ServiceFault) -> (action: String, resource: String)? {
        let message = ForeignText.clean(fault.message ?? "", limit: 1000)
        let words = message.split(separator: " ")
        let value = { (name: String) in words.firstIndex(of: name[...]).flatMap { words.dropFirst($0 + 1).first } }
        guard let action = value("perform:"), let resource = value("resource:"), action.hasPrefix("kms:"),
            resource.hasPrefix("arn:"), !(action + resource).contains("\"")
        else { return nil }
        return (String(action), String(resource))
    }

    /// What was called, and what the service called its refusal.
    private static func facts(of error: AWSError) -> [Fact] {
        var facts = [Fact("action", error.call.action), Fact("resource", error.call.resource)]
        if let caller = error.call.caller { facts.append(Fact("caller", caller)) }
        guard case .service(let fault) = error else { return facts }
        facts.append(Fact("httpStatus", String(fault.status)))
        if let code = fault.code { facts.append(Fact("awsCode", ForeignText.clean(code, limit: 100))) }
        if let id = fault.requestID { facts.append(Fact("requestId", ForeignText.clean(id, limit: 80))) }
        return facts
    }

    /// Why AWS gave nothing, without the call: for those who say themselves what they were about.
    static func reason(of error: AWSError) -> ErrorReport {
        switch error {
        case .transport(let error, _): ErrorReport(error)
        case .malformedAnswer(let call, let reason):
            ErrorReport(
                .unavailable, "the answer to \(call.operation) is not AWS's: \(reason)",
                hints: ["a proxy or a captive portal may stand between"])
        case .service(let fault) where fault.code == nil && error.retryAdvice == .never:
            ErrorReport(
                .unavailable, "the answer is not AWS's: it has status \(fault.status) and no error code",
                hints: ["a proxy or a captive portal may stand between"])
        case .service(let fault):
            ErrorReport(
                exitCode(of: error),
                (fault.code.map { ForeignText.clean($0, limit: 100) } ?? "status \(fault.status)")
                    + (fault.message.map { ": \(ForeignText.clean($0, limit: 500))" } ?? ""),
                hints: fault.requestID.map { ["AWS request id \(ForeignText.clean($0, limit: 80))"] } ?? [])
        }
    }

    /// The same, with the hop it happened at and what to do there.
    init(_ failure: ExchangeFailure) {
        let report = Self.reason(of: failure.cause)
        let facts = Self.facts(of: failure.cause) + Self.facts(of: failure.hop)
        guard case .service(let fault) = failure.cause else {
            self.init(
                report.code, "\(Self.attempt(at: failure.hop)): \(report.message)", hints: report.hints, facts: facts)
            return
        }
        self.init(
            report.code, "\(Self.refusal(at: failure.hop)): \(report.message)",
            hints: Self.hints(for: failure, fault) + report.hints, facts: facts)
    }

    private static func facts(of hop: ExchangeFailure.Hop) -> [Fact] {
        guard case .token(_, let claims) = hop else { return [] }
        return [
            Fact("issuer", clean(claims.issuer)), Fact("subject", clean(claims.subject)),
            Fact("audience", claims.audiences.map(clean).joined(separator: ", ")),
        ]
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
                    "Federated": "\(ARN.iam(role.partition, role.account, "oidc-provider/\(path(claims))"))"
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
