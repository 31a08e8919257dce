import AWS
import Testing

@testable import Operations

/// What an administrator is told of a call that AWS did not allow.
@Suite struct AWSReportTests {
    private static let secret = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/ci-deploy-??????"
    private static let key = "arn:aws:kms:eu-central-1:111122223333:key/0b1c2d3e-4f50-4a61-8b72-9c83ad94be05"

    private func report(_ message: String?) -> ErrorReport {
        let fault = ServiceFault(
            ServiceCall(.secretsManager, "GetSecretValue", on: Self.secret, by: "me"), status: 400,
            code: "AccessDeniedException", message: message)
        return ErrorReport(AWSError.service(fault))
    }

    @Test(
        "the call itself is named",
        arguments: [
            nil, "", "perform: resource:",
            "User: me is not authorized to perform: secretsmanager:GetSecretValue on resource: s",
            "is not authorized to perform: kms:Decrypt", "is not authorized to perform: kms:Decrypt on resource: yours",
            "is not authorized to perform: kms:\"}] on resource: \(key)",
        ])
    func call(message: String?) {
        let report = report(message)
        #expect(report.code == .refused)
        #expect(report.message == "not allowed: secretsmanager:GetSecretValue on \(Self.secret)")
        #expect(
            report.hints.contains(
                #"    {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "\#(Self.secret)"}"#))
    }

    @Test("where it is KMS that refused, its call is named")
    func keyManagement() {
        let report = report("User: me is not authorized to perform: kms:Decrypt on resource: \(Self.key) because no")
        #expect(report.message == "not allowed: kms:Decrypt on \(Self.key)")
        #expect(
            report.hints.contains(#"    {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "\#(Self.key)"}"#))
        let wordless = self.report("Access to KMS is not allowed")
        #expect(wordless.message == "not allowed: kms:Decrypt on the key that encrypts \(Self.secret)")
        #expect(wordless.hints.first == "allow it to me, and kms:GenerateDataKey, on the key of KMS")
    }
}
