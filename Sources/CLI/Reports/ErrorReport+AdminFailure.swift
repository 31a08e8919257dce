import AWS
import Domain

extension ErrorReport {
    /// A call by an administrator failed; where it was not allowed, with the permission to give.
    init(_ failure: AdminFailure) {
        let report = ErrorReport(failure.cause)
        guard case .service(let fault) = failure.cause, ["AccessDenied", "AccessDeniedException"].contains(fault.code)
        else {
            self.init(report.code, "\(failure.action) on \(failure.resource): \(report.message)", hints: report.hints)
            return
        }
        // Which key it is, Secrets Manager does not say.
        if fault.message?.contains("Access to KMS is not allowed") == true {
            self.init(
                .refused, "not allowed: kms:Decrypt on the key that encrypts \(failure.resource)",
                hints: [
                    "allow it to \(failure.caller), and kms:GenerateDataKey, on the key of KMS",
                    "AWS says: \(report.message)",
                ])
            return
        }
        let (action, resource) = Self.refusedByAnother(fault) ?? (failure.action, failure.resource)
        self.init(
            .refused, "not allowed: \(action) on \(resource)",
            hints: [
                "allow it to \(failure.caller):",
                #"    {"Effect": "Allow", "Action": "\#(action)", "Resource": "\#(resource)"}"#,
                "AWS says: \(report.message)",
            ])
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
}
