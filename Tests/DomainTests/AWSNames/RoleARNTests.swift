@testable import Domain
import TestSupport
import Testing

@Suite struct RoleARNTests {
    @Test(
        "a role's ARN gives its partition, account and name",
        arguments: [
            ("arn:aws:iam::123456789012:role/deploy", "aws", "deploy"),
            ("arn:aws:iam::123456789012:role/path/to/deploy", "aws", "deploy"),
            ("arn:aws-cn:iam::123456789012:role/a", "aws-cn", "a"),
            ("arn:aws-us-gov:iam::123456789012:role/+=,.@-_9", "aws-us-gov", "+=,.@-_9"),
            ("arn:aws-iso:iam::123456789012:role/a", "aws-iso", "a"),
            ("arn:aws-iso-b:iam::123456789012:role/a", "aws-iso-b", "a"),
            ("arn:aws-iso-e:iam::123456789012:role/a", "aws-iso-e", "a"),
            ("arn:aws-iso-f:iam::123456789012:role/a", "aws-iso-f", "a"),
            ("arn:aws-eusc:iam::123456789012:role/a", "aws-eusc", "a"),
            ("arn:aws:iam::123456789012:role/a:b!/deploy", "aws", "deploy"),
        ])
    func parts(text: String, partition: String, name: String) throws {
        let arn = try RoleARN(text)
        #expect(arn.text == text)
        #expect(arn.partition.rawValue == partition)
        #expect(arn.account == "123456789012")
        #expect(arn.name == name)
        #expect("\(arn)" == text)
    }

    @Test(
        "what is wrong with an ARN is said exactly",
        arguments: [
            ("", ARNError.notAnARN), ("deploy", .notAnARN), ("arn:aws:iam::123456789012", .notAnARN),
            ("ARN:aws:iam::123456789012:role/a", .notAnARN), (" arn:aws:iam::123456789012:role/a", .notAnARN),
            ("arn:aws2:iam::123456789012:role/a", .unknownPartition("aws2")),
            ("arn::iam::123456789012:role/a", .unknownPartition("")),
            ("arn:aws:sts::123456789012:assumed-role/a/session", .wrongKind(found: "sts")),
            ("arn:aws:iam::123456789012:user/a", .wrongKind(found: "user")),
            ("arn:aws:iam::123456789012:oidc-provider/a", .wrongKind(found: "oidc-provider")),
            ("arn:aws:iam::123456789012:role", .wrongKind(found: "role")),
            ("arn:aws:iam::123456789012:root", .wrongKind(found: "root")),
            ("arn:aws:iam:eu-west-1:123456789012:role/a", .hasRegion("eu-west-1")),
            ("arn:aws:iam::12345678901:role/a", .malformedAccount("12345678901")),
            ("arn:aws:iam::1234567890123:role/a", .malformedAccount("1234567890123")),
            ("arn:aws:iam::12345678901a:role/a", .malformedAccount("12345678901a")),
            ("arn:aws:iam::١٢٣٤٥٦:role/a", .malformedAccount("١٢٣٤٥٦")),
            ("arn:aws:iam::aws:role/a", .malformedAccount("aws")),
            ("arn:aws:iam:::role/a", .malformedAccount("")),
            ("arn:aws:iam::123456789012:role/", .malformedName("")),
            ("arn:aws:iam::123456789012:role/a b", .malformedName("a b")),
            ("arn:aws:iam::123456789012:role/a\n", .malformedName("a\n")),
            ("arn:aws:iam::123456789012:role//a", .malformedName("/a")),
            ("arn:aws:iam::123456789012:role/pa th/a", .malformedName("pa th/a")),
            ("arn:aws:iam::123456789012:role/a/", .malformedName("a/")),
            ("arn:aws:iam::123456789012:role/é", .malformedName("é")),
        ])
    func refusal(text: String, error: ARNError) {
        #expect(throws: error) { try RoleARN(text) }
    }

    @Test("names, paths and ARNs have their greatest lengths")
    func lengths() throws {
        let base = "arn:aws:iam::123456789012:role/"
        let name = String(repeating: "n", count: 64)
        let path = String(repeating: "p", count: 510) + "/"
        #expect(throws: Never.self) { try RoleARN(base + path + name) }
        #expect(throws: ARNError.malformedName(name + "n")) { try RoleARN(base + name + "n") }
        #expect(throws: ARNError.malformedName("p" + path + name)) { try RoleARN(base + "p" + path + name) }
        #expect(throws: ARNError.tooLong) { try RoleARN(base + String(repeating: "a", count: 2048)) }
    }
}
