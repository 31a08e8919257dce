import Domain
import Foundation
import Testing

@Suite("Before a token goes to AWS")
struct TokenExpectationsTests {
    private let now = Date(timeIntervalSince1970: TimeInterval(TokenSamples.issuedAt))

    private func check(
        _ claims: String = TokenSamples.pipelineClaims, issuers: [String] = [], branches: [String] = [],
        pipelines: [String] = [], connection: Bool = false, at now: Date? = nil
    ) throws {
        let expectations = TokenExpectations(
            namedIssuers: issuers, branches: branches, pipelines: pipelines, serviceConnectionAsked: connection)
        try expectations.check(try TokenSamples.parse(claims), now: now ?? self.now)
    }

    @Test("tokens of both known issuers pass")
    func passes() throws {
        try check()
        try check(TokenSamples.connectionClaims(), connection: true)
        try check(
            TokenSamples.connectionClaims(subject: SubjectTests.entra, issuer: TokenSamples.entraIssuer),
            connection: true)
    }

    @Test(
        "another issuer passes only where it was named exactly",
        arguments: [
            "https://evil.example", "https://vstoken.dev.azure.com/contoso", "https://devops.example/0ca3",
        ])
    func issuer(issuer: String) throws {
        let claims = TokenSamples.connectionClaims(issuer: issuer)
        #expect(throws: TokenRefusal.unknownIssuer(issuer)) { try check(claims) }
        #expect(throws: TokenRefusal.unknownIssuer(issuer)) { try check(claims, issuers: [issuer + "/", "https://"]) }
        try check(claims, issuers: ["https://other.example", issuer])
    }

    @Test("a token has not expired by this machine's clock")
    func expiration() throws {
        let end = Date(timeIntervalSince1970: 1_795_000_300)
        try check(at: end.addingTimeInterval(-1))
        for late in [0, 1, 100_000] {
            let now = end.addingTimeInterval(TimeInterval(late))
            #expect(throws: TokenRefusal.expired(at: end, now: now)) { try check(at: now) }
        }
    }

    @Test("a token is valid already, give or take five minutes")
    func notBefore() throws {
        let begin = Date(timeIntervalSince1970: 1_794_999_400)
        try check(at: begin.addingTimeInterval(-300))
        let now = begin.addingTimeInterval(-301)
        #expect(throws: TokenRefusal.notYetValid(from: begin, now: now)) { try check(at: now) }
        let without = TokenSamples.claims(replacing: #""nbf":1794999400,"#, with: "")
        try check(without, at: begin.addingTimeInterval(-100_000))
    }

    @Test(
        "who asks for a service connection's token gets one",
        arguments: [
            "p://contoso/Web Shop/deploy", "p://sc://", "repo:contoso/shop", "SC://contoso/Web Shop/aws",
        ])
    func connection(subject: String) throws {
        let claims = TokenSamples.connectionClaims(subject: subject)
        #expect(throws: TokenRefusal.notAServiceConnection(subject: subject)) { try check(claims, connection: true) }
        try check(claims)
    }

    @Test(
        "the branch is one of the required ones",
        arguments: [
            ("refs/heads/main", ["main"]), ("refs/heads/main", ["refs/heads/main"]),
            ("refs/heads/main", ["other", "main"]),
            ("refs/heads/release/1.2", ["release/*"]), ("refs/heads/release/a/b", ["refs/heads/release/*"]),
            ("refs/heads/x", ["*"]), ("refs/tags/v1", ["refs/tags/v*"]), ("refs/pull/7/merge", ["refs/pull/*"]),
            ("refs/heads/refs/heads/main", ["refs/heads/refs/heads/main"]),
        ])
    func branch(ref: String, required: [String]) throws {
        try check(TokenSamples.claims(replacing: "refs/heads/main", with: ref), branches: required)
    }

    @Test(
        "another branch is refused, with what was found and what was wanted",
        arguments: [
            ("refs/heads/main2", ["main"]), ("refs/heads/mai", ["main"]), ("refs/heads/Main", ["main"]),
            ("refs/heads/feature/main", ["main"]), ("refs/tags/main", ["main"]), ("refs/pull/7/merge", ["main", "*"]),
            ("refs/heads/releases", ["release/*"]), ("refs/heads/release", ["release/*"]), ("main", ["main"]),
            ("refs/heads/a*", ["a"]), ("refs/heads/abc", ["a*c"]), ("", ["*"]), ("refs/heads/main", [""]),
            // Two spellings of an accent are two branches to git, and one text to Swift.
            ("refs/heads/caf\u{E9}", ["cafe\u{301}"]), ("refs/heads/cafe\u{301}", ["caf\u{E9}"]),
        ])
    func wrongBranch(ref: String, required: [String]) {
        #expect(throws: TokenRefusal.wrongBranch(found: ref, wanted: required)) {
            try check(TokenSamples.claims(replacing: "refs/heads/main", with: ref), branches: required)
        }
    }

    @Test("the pipeline is one of the required ones")
    func pipeline() throws {
        try check(pipelines: ["3", "7"])
        try check(TokenSamples.claims(replacing: #""def_id":"7""#, with: #""def_id":7"#), pipelines: ["7"])
        for wanted in [["77"], ["07"], ["", "1"], ["*"]] {
            #expect(throws: TokenRefusal.wrongPipeline(found: "7", wanted: wanted)) { try check(pipelines: wanted) }
        }
    }

    @Test("a requirement that cannot be checked is its own refusal")
    func claimMissing() {
        let claims = TokenSamples.connectionClaims()
        #expect(throws: TokenRefusal.claimMissing("rpo_ref", option: "--require-branch")) {
            try check(claims, branches: ["main"], pipelines: ["7"], connection: true)
        }
        #expect(throws: TokenRefusal.claimMissing("def_id", option: "--require-pipeline")) {
            try check(claims, pipelines: ["7"], connection: true)
        }
        #expect(throws: TokenRefusal.claimMissing("rpo_ref", option: "--require-branch")) {
            try check(
                TokenSamples.claims(
                    replacing: #""rpo_ref":"refs/heads/main""#, with: #""rpo_ref":["refs/heads/main"]"#),
                branches: ["main"])
        }
    }
}
