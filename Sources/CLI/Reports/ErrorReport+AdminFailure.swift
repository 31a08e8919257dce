import AWS

extension ErrorReport {
    /// A call by an administrator failed; where it was not allowed, with the permission to give.
    init(_ failure: AdminFailure) {
        let report = ErrorReport(failure.cause)
        guard case .service(let fault) = failure.cause, ["AccessDenied", "AccessDeniedException"].contains(fault.code)
        else {
            self.init(report.code, "\(failure.action) on \(failure.resource): \(report.message)", hints: report.hints)
            return
        }
        self.init(
            .refused, "not allowed: \(failure.action) on \(failure.resource)",
            hints: [
                "allow it to \(failure.caller):",
                #"    {"Effect": "Allow", "Action": "\#(failure.action)", "Resource": "\#(failure.resource)"}"#,
                "AWS says: \(report.message)",
            ])
    }
}
