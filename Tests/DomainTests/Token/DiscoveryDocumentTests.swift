import Domain
import Testing

@Suite("A discovery document")
struct DiscoveryDocumentTests {
    private static let keysURL = "https://keys.example.com:8443/jwks?v=1"
    private let issuer: IssuerURL

    init() throws { issuer = try IssuerURL(validating: "https://example.com/Tenant") }

    @Test("says where the keys are, on any host and port")
    func accepted() throws {
        let json = #"""
            {"jwks_uri": "\#(Self.keysURL)", "issuer": "https:\/\/example.com\/Tenant", "scopes_supported": ["openid"],
             "claims": {"deep": [[1, null, true]]}}
            """#
        #expect(try DiscoveryDocument(Array(json.utf8), of: issuer).keysURL.text == Self.keysURL)
    }

    @Test(
        "is refused where it is another's, or leads nowhere",
        arguments: [
            ("", DiscoveryDocument.ParseError.notAnObject), ("<html></html>", .notAnObject), ("[]", .notAnObject),
            (#"{"issuer": "https://example.com/Tenant", "jwks_uri": "#, .notAnObject),
            (String(repeating: #"{"a":"#, count: 100), .notAnObject),
            ("{}", .missing("issuer")), (#"{"issuer": 1, "jwks_uri": "https://example.com/"}"#, .missing("issuer")),
            (#"{"issuer": "https://example.com/Tenant"}"#, .missing("jwks_uri")),
            (#"{"issuer": "https://example.com/Tenant", "jwks_uri": ["https://a"]}"#, .missing("jwks_uri")),
            (
                #"{"issuer": "https://example.com/tenant", "jwks_uri": "https://example.com/k"}"#,
                .otherIssuer(found: "https://example.com/tenant")
            ),
            (
                #"{"issuer": "https://example.com/Tenant/", "jwks_uri": "https://example.com/k"}"#,
                .otherIssuer(found: "https://example.com/Tenant/")
            ),
            (
                #"{"issuer": "https://example.com/Tenant", "jwks_uri": "http://example.com/k"}"#,
                .keysURL(reason: "it is plain http")
            ),
            (
                #"{"issuer": "https://example.com/Tenant", "jwks_uri": "http://localhost/k"}"#,
                .keysURL(reason: "it is plain http")
            ),
            (
                #"{"issuer": "https://example.com/Tenant", "jwks_uri": "/jwks"}"#,
                .keysURL(reason: "it has no https://")
            ),
        ])
    func refused(json: String, error: DiscoveryDocument.ParseError) {
        #expect(throws: error) { try DiscoveryDocument(Array(json.utf8), of: issuer) }
    }

    @Test(
        "leads to a set of keys",
        arguments: [
            (#"{"keys": [{"kty": "RSA", "kid": "1", "x5c": ["MII"]}]}"#, true),
            (#"{"other": 1, "keys": [{}, {"kty": "EC"}]}"#, true),
            (#"{"keys": []}"#, false), (#"{"keys": {}}"#, false), (#"{"keys": ["a"]}"#, false), ("{}", false),
            (#"[{"keys": [{}]}]"#, false), ("keys", false), ("", false),
        ])
    func keySet(json: String, expected: Bool) { #expect(DiscoveryDocument.isKeySet(Array(json.utf8)) == expected) }
}
