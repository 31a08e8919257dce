import Testing

@testable import Domain

@Suite struct SubjectPatternTests {
    private static let azure = Issuer.azureDevOps(organizationID: "")
    private static let entra = Issuer.entra(tenantID: "")

    @Test("names become subjects, taken literally")
    func names() throws {
        let connection = try SubjectPattern.serviceConnection("aws-prod", project: "Web Shop", organization: "contoso")
        #expect(connection.text == "sc://contoso/Web Shop/aws-prod")
        #expect(!connection.hasWildcard)
        let pipeline = try SubjectPattern.pipeline("a*b?c${d}", project: "P", organization: "o")
        #expect(pipeline.text == "p://o/P/a${*}b${?}c${$}{d}")
        #expect(!pipeline.hasWildcard)
        #expect(throws: SubjectPattern.ValidationError.missingPart("p://o//x")) {
            try SubjectPattern.pipeline("x", project: "", organization: "o")
        }
    }

    @Test(
        "subjects as they stand",
        arguments: [
            ("sc://contoso/Web Shop/aws-prod", azure, false), ("p://contoso/Web Shop/*", azure, true),
            ("sc://contoso/${*}/x", azure, false), ("sc://contoso/${*}/?", azure, true), ("*", azure, true),
            ("/eid1/c/pub/t/x/a/y/sc/org/id", entra, false), ("/eid1/*/sc/org/*", entra, true),
            ("system:serviceaccount:a:b", nil, false), ("p://o/p/$x", azure, false),
        ] as [(String, Issuer?, Bool)])
    func patterns(text: String, issuer: Issuer?, hasWildcard: Bool) throws {
        let subject = try SubjectPattern(text, issuer: issuer)
        #expect(subject.text == text)
        #expect(subject.hasWildcard == hasWildcard)
    }

    @Test(
        "subjects of the wrong kind",
        arguments: [
            (
                "repo:org/repo:ref", azure,
                SubjectPattern.ValidationError.scheme(found: "repo:org", expected: ["sc://", "p://"])
            ),
            ("https://x/y", azure, .scheme(found: "https://", expected: ["sc://", "p://"])),
            ("sc://o/p/c", entra, .scheme(found: "sc://", expected: ["/eid1/"])),
            ("sc://o//c", azure, .missingPart("sc://o//c")), ("", azure, .length(0)),
            (String(repeating: "x", count: 256), nil, .length(256)),
            ("sc://a/b/\n", azure, .character),
        ] as [(String, Issuer?, SubjectPattern.ValidationError)])
    func wrong(text: String, issuer: Issuer?, error: SubjectPattern.ValidationError) {
        #expect(throws: error) { try SubjectPattern(text, issuer: issuer) }
    }

    @Test(
        "what wildcards let in",
        arguments: [
            ("sc://contoso/Shop/*", "every service connection of project Shop, also those somebody makes later"),
            ("p://contoso/Shop/release-*", "every pipeline of project Shop whose name is like release-*"),
            ("p://contoso/*", "every subject like p://contoso/*, in any project, also in ones that do not exist yet"),
            (
                "sc://contoso/*/aws",
                "every subject like sc://contoso/*/aws, in any project, also in ones that do not exist yet"
            ),
            ("sc://contoso/Shop/aws", nil),
        ])
    func meaning(text: String, meaning: String?) throws {
        #expect(try SubjectPattern(text, issuer: Self.azure).meaning == meaning)
    }

    @Test(
        "the organisation a subject names",
        arguments: [
            ("sc://contoso/Shop/aws", "contoso"), ("p://contoso/*", "contoso"), ("p://con*/Shop/x", nil), ("*", nil),
            ("/eid1/c/pub", nil), ("sc://", nil),
        ])
    func organization(text: String, organization: String?) throws {
        #expect(try SubjectPattern(text, issuer: nil).organization == organization)
    }
}
