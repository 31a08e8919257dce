import Domain

extension ErrorReport {
    /// A finding that ends a command.
    init(_ finding: Finding) {
        let code: ExitCode =
            switch finding.rule {
            case .issuerUnreachable: .unavailable
            case .issuerInvalid, .organizationUnknown, .organizationIsTenant, .projectMissing, .roleMissing: .badInput
            case .roleElsewhere, .providerMissing, .audienceMissing, .subjectDenied: .refused
            case .issuerCertificates, .projectUnverified, .subjectForeign, .subjectAccepted, .subjectUndetermined,
                .credentialPrecedence:
                .checkFailed
            }
        self.init(
            code, finding.summary, hints: finding.advice,
            facts: [Fact("rule", finding.rule.rawValue), Fact("subject", finding.subject)] + finding.evidence)
    }
}

extension ErrorReport {
    /// The first error among findings, with the others behind it; `nil` if there is none.
    static func ending(_ findings: [Finding]) -> ErrorReport? {
        let errors = findings.filter { $0.severity == .error }
        guard let first = errors.first.map({ ErrorReport($0) }) else { return nil }
        let others = errors.dropFirst().flatMap { ["besides, \($0.summary)"] + $0.advice }
        return ErrorReport(first.code, first.message, hints: first.hints + others, facts: first.facts)
    }
}

extension Console {
    /// Says what was found: notes with `--verbose`, warnings unless `--quiet`.
    ///
    /// - Throws: ``ErrorReport`` for the errors among them.
    func tell(_ findings: [Finding]) throws(ErrorReport) {
        for finding in findings {
            switch finding.severity {
            case .note: detail(finding.summary)
            case .warning: warn(finding.summary, hint: finding.advice.first)
            case .error: break
            }
        }
        if let end = ErrorReport.ending(findings) { throw end }
    }
}
