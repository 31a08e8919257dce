import Domain
import Foundation
import Testing

@Suite("Claims")
struct ClaimsTests {
    @Test("are listed in the order people look for them, unknown ones last")
    func order() throws {
        let claims = try TokenSamples.parse(
            TokenSamples.claims(replacing: #""jti":"7b8f""#, with: #""zeta":1,"jti":"7b8f","azp":"x""#))
        #expect(
            claims.ordered.map(\.name) == [
                "iss", "sub", "aud", "iat", "nbf", "exp", "org_id", "prj_id", "def_id", "run_id", "rpo_id", "rpo_uri",
                "rpo_ref", "rpo_ver", "azp", "jti", "zeta",
            ])
        #expect(claims.ordered.count == claims.all.count)
    }

    @Test(
        "show values of every type",
        arguments: [
            (#""text""#, "text"), ("7", "7"), ("-1.5", "-1.5"), ("true", "true"), ("null", "null"), ("[]", ""),
            (#"["a",1,false]"#, "a, 1, false"), (#"{"b":"2","a":[1,2]}"#, "a: 1, 2, b: 2"), (#""ü\n""#, "ü\n"),
            ("9007199254740993", "9007199254740993"),
        ])
    func display(json: String, shown: String) throws {
        let claims = try TokenSamples.parse(TokenSamples.claims(replacing: #""jti":"7b8f""#, with: #""jti":\#(json)"#))
        #expect(claims.all["jti"]?.display == shown)
    }

    @Test("are printed as the issuer wrote them")
    func json() throws {
        #expect(try TokenSamples.parse().json == TokenSamples.pipelineClaims)
    }

    @Test("are printed without a command for the agent, and mean the same")
    func hostileJSON() throws {
        let ref = "refs/heads/##vso[task.setvariable variable=x]\u{202E}\u{9B}"
        let text = TokenSamples.claims(replacing: "refs/heads/main", with: ref)
        let claims = try TokenSamples.parse(text)
        #expect(claims.branch == ref)
        #expect(!claims.json.contains("##") && !claims.json.unicodeScalars.contains("\u{9B}"))
        let read = try JSONDecoder().decode([String: JSONValue].self, from: Data(claims.json.utf8))
        #expect(read == claims.all)
    }

    @Test(
        "name a pipeline by text or number, and a branch by text alone",
        arguments: [
            ("\"7\"", "7", "7"), ("7", "7", nil), ("7.5", nil, nil), ("null", nil, nil), (#"["7"]"#, nil, nil),
            ("true", nil, nil), (#"{"a":"7"}"#, nil, nil),
        ] as [(String, String?, String?)])
    func guardedClaims(json: String, pipeline: String?, branch: String?) throws {
        let first = try TokenSamples.parse(
            TokenSamples.claims(replacing: #""def_id":"7""#, with: #""def_id":\#(json)"#))
        #expect(first.pipelineID == pipeline)
        let second = try TokenSamples.parse(
            TokenSamples.claims(replacing: #""rpo_ref":"refs/heads/main""#, with: #""rpo_ref":\#(json)"#))
        #expect(second.branch == branch)
    }
}
