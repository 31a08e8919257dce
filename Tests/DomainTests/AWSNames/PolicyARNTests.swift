import Testing

@testable import Domain

@Suite struct PolicyARNTests {
    @Test(
        "AWS's policies and an account's own are accepted",
        arguments: [
            "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/job-function/Billing",
            "arn:aws-cn:iam::123456789012:policy/own",
            "arn:aws:iam::123456789012:policy/" + String(repeating: "n", count: 128),
        ])
    func accepted(text: String) throws { #expect(try PolicyARN(text).text == text) }

    @Test(
        "anything else is refused",
        arguments: [
            ("ReadOnlyAccess", ARNError.notAnARN),
            ("arn:aws:iam::123456789012:role/a", .wrongKind(found: "role")),
            ("arn:aws:iam::other:policy/a", .malformedAccount("other")),
            ("arn:aws:iam::aws:policy/", .malformedName("")),
            ("arn:aws:iam::aws:policy/a b", .malformedName("a b")),
        ])
    func refused(text: String, error: ARNError) {
        #expect(throws: error) { try PolicyARN(text) }
    }
}
