import Domain
import Testing

@Suite("A provider's issuer")
struct IssuerURLTests {
    private static let document = "/.well-known/openid-configuration"

    @Test(
        "is kept as it was written, and leads to its discovery document",
        arguments: [
            (
                "https://vstoken.dev.azure.com/0ca3ddd9-f0b0-4635-a98c-5866526961b6",
                "https://vstoken.dev.azure.com/0ca3ddd9-f0b0-4635-a98c-5866526961b6"
            ),
            ("https://example.com", "https://example.com"),
            ("https://example.com/", "https://example.com"),
            ("https://Login.Example.com/Tenant/v2.0", "https://login.example.com/Tenant/v2.0"),
            ("https://example.com/a/", "https://example.com/a"),
            ("https://example.com/a%20b", "https://example.com/a%20b"),
            ("https://example.com/a:1", "https://example.com/a:1"),
        ])
    func accepted(text: String, base: String) throws {
        let issuer = try IssuerURL(validating: text)
        #expect(issuer.text == text)
        #expect("\(issuer)" == text)
        #expect(issuer.documentURL.text == base + Self.document)
    }

    @Test("has at most 255 characters")
    func length() throws {
        let longest = "https://example.com/" + String(repeating: "a", count: 235)
        #expect(try IssuerURL(validating: longest).text == longest)
        #expect(throws: IssuerURL.ValidationError.tooLong(256)) { try IssuerURL(validating: longest + "a") }
    }

    @Test(
        "is refused where IAM would refuse it",
        arguments: [
            ("", IssuerURL.ValidationError.notHTTPS), ("example.com/a", .notHTTPS),
            ("http://example.com", .notHTTPS), ("HTTPS://example.com", .notHTTPS), (" https://example.com", .notHTTPS),
            ("https://example.com:8443", .port), ("https://example.com:8443/a", .port),
            ("https://example.com:443", .port), ("https://example.com:443/a", .port),
            ("https://example.com?tenant=1", .query), ("https://example.com/a?tenant=1", .query),
            ("https://example.com/?", .query), ("https://example.com:8443/?a", .query),
            ("https://", .malformed(reason: "its host is malformed")),
            ("https:///a", .malformed(reason: "its host is malformed")),
            ("https://example.com:/a", .malformed(reason: "its port is malformed")),
            ("https://user@example.com", .malformed(reason: "it contains a user name")),
            (
                "https://example.com/#a",
                .malformed(reason: "it contains a space, a control character, a backslash or a fragment")
            ),
            (
                "https://example.com/a\n",
                .malformed(reason: "it contains a space, a control character, a backslash or a fragment")
            ),
        ])
    func refused(text: String, error: IssuerURL.ValidationError) {
        #expect(throws: error) { try IssuerURL(validating: text) }
    }
}
