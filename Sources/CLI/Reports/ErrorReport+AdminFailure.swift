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
        if message.contains("Access to KMS is not allowed") {
            return ("kms:Decrypt", "the ARN of the key that the secret is encrypted with")
        }
        let words = message.split(separator: " ")
        let value = { (name: String) in words.firstIndex(of: name[...]).flatMap { words.dropFirst($0 + 1).first } }
        guard let action = value("perform:"), let resource = value("resource:"), action.hasPrefix("kms:"),
            resource.hasPrefix("arn:"), action.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "\"") })
        else { return nil }
        return (String(action), String(resource))
    }
}
