import Domain
import Foundation
import Testing

@Suite("A JSON Web Token")
struct JSONWebTokenTests {
    @Test("is read into its claims and kept as it was")
    func reads() throws {
        let text = TokenSamples.text()
        let token = try JSONWebToken(Secret(text))
        #expect(token.raw.exposedText == text)
        #expect(token.claims.issuer == TokenSamples.issuer)
        #expect(token.claims.subject == "p://contoso/Web Shop/deploy")
        #expect(token.claims.audiences == ["api://AzureADTokenExchange"])
        #expect(token.claims.issuedAt == Date(timeIntervalSince1970: 1_795_000_000))
        #expect(token.claims.notBefore == Date(timeIntervalSince1970: 1_794_999_400))
        #expect(token.claims.expiration == Date(timeIntervalSince1970: 1_795_000_300))
        #expect(token.claims.branch == "refs/heads/main")
        #expect(token.claims.pipelineID == "7")
    }

    @Test("is read where it is the example of RFC 7519 §3.1, but for the claims that are not there")
    func example() {
        let text =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        #expect(throws: JSONWebToken.ParseError.missingClaim("sub")) { try JSONWebToken(Secret(text)) }
    }

    @Test(
        "has three parts",
        arguments: [
            ("a", 1), ("a.b", 2), ("a.b.c.d", 4), ("a.b.c.", 4), (".....", 6), ("$(System.AccessToken)", 2),
        ])
    func parts(text: String, count: Int) {
        #expect(throws: JSONWebToken.ParseError.parts(count)) { try JSONWebToken(Secret(text)) }
    }

    @Test("is not empty")
    func empty() {
        #expect(throws: JSONWebToken.ParseError.empty) { try JSONWebToken("") }
    }

    @Test(
        "has no part that is not base64url",
        arguments: [
            ("..", "header"), (".e30.c2ln", "header"), ("e30=.e30.c2ln", "header"), ("e3 0.e30.c2ln", "header"),
            ("e30..c2ln", "payload"), ("e30.e3+.c2ln", "payload"), ("e30.\n.c2ln", "payload"),
            ("e30.e30.", "signature"), ("e30.e30.c2ln\n", "signature"), ("e30.e30.c2ln==", "signature"),
            ("e30.e30.c2l\u{301}", "signature"), ("e30.e30.<html>", "signature"),
        ])
    func encoding(text: String, part: String) {
        #expect(throws: JSONWebToken.ParseError.encoding(part: part)) { try JSONWebToken(Secret(text)) }
    }

    static let notObjects = [
        "", "null", "[]", "1", "\"{}\"", "{", "{} {}", "{\"a\":}", "{'a':1}", "{\"a\":NaN}", "{\"a\":1e999}",
        "{\"a\":\"\u{0}\"}",
    ]

    @Test("has a header and claims that are JSON objects", arguments: notObjects)
    func objects(json: String) {
        let part = json.isEmpty ? "IA" : Base64URL.encode(Array(json.utf8))
        #expect(throws: JSONWebToken.ParseError.notAnObject(part: "header")) {
            try JSONWebToken(Secret("\(part).e30.c2ln"))
        }
        #expect(throws: JSONWebToken.ParseError.notAnObject(part: "payload")) {
            try JSONWebToken(Secret("e30.\(part).c2ln"))
        }
    }

    @Test("is UTF-8, as STS reads it")
    func utf16() {
        let claims = Base64URL.encode(
            Array(TokenSamples.pipelineClaims.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }))
        #expect(throws: JSONWebToken.ParseError.notAnObject(part: "payload")) {
            try JSONWebToken(Secret("e30.\(claims).c2ln"))
        }
    }

    @Test("lacks none of the claims STS needs", arguments: ["iss", "sub", "aud", "exp"])
    func missing(name: String) {
        let claims = TokenSamples.pipelineClaims.replacing("\"\(name)\":", with: "\"x\(name)\":")
        #expect(throws: JSONWebToken.ParseError.missingClaim(name)) { try TokenSamples.parse(claims) }
    }

    @Test("may lack the times that only narrow it")
    func optionalTimes() throws {
        let claims = try TokenSamples.parse(#"{"iss":"i","sub":"s","aud":"a","exp":1}"#)
        #expect(claims.notBefore == nil && claims.issuedAt == nil && claims.branch == nil && claims.pipelineID == nil)
    }

    @Test(
        "has claims of the types of RFC 7519",
        arguments: [
            (#""iss":"\#(TokenSamples.issuer)""#, #""iss":7"#, "iss"),
            (#""exp":1795000300"#, #""exp":"1795000300""#, "exp"),
            (#""exp":1795000300"#, #""exp":1795000300.5"#, "exp"),
            (#""exp":1795000300"#, #""exp":true"#, "exp"), (#""exp":1795000300"#, #""exp":null"#, "exp"),
            (#""exp":1795000300"#, #""exp":-1"#, "exp"), (#""exp":1795000300"#, #""exp":99999999999999"#, "exp"),
            (#""exp":1795000300"#, #""exp":[1795000300]"#, "exp"), (#""exp":1795000300"#, #""exp":1e300"#, "exp"),
            (#""nbf":1794999400"#, #""nbf":"soon""#, "nbf"), (#""iat":1795000000"#, #""iat":{}"#, "iat"),
            (#""sub":"p://contoso/Web Shop/deploy""#, #""sub":7"#, "sub"),
            (#""sub":"p://contoso/Web Shop/deploy""#, #""sub":"""#, "sub"),
            (#""sub":"p://contoso/Web Shop/deploy""#, #""sub":null"#, "sub"),
            (#""aud":"api://AzureADTokenExchange""#, #""aud":7"#, "aud"),
            (#""aud":"api://AzureADTokenExchange""#, #""aud":[]"#, "aud"),
            (#""aud":"api://AzureADTokenExchange""#, #""aud":["a",1]"#, "aud"),
            (#""aud":"api://AzureADTokenExchange""#, #""aud":{"a":"b"}"#, "aud"),
        ])
    func types(old: String, new: String, claim: String) {
        let claims = TokenSamples.claims(replacing: old, with: new)
        #expect(throws: JSONWebToken.ParseError.claimType(claim)) { try TokenSamples.parse(claims) }
    }

    @Test("has one audience or several")
    func audiences() throws {
        let claims = TokenSamples.claims(replacing: #""aud":"api://AzureADTokenExchange""#, with: #""aud":["b","a"]"#)
        #expect(try TokenSamples.parse(claims).audiences == ["b", "a"])
    }

    @Test("is as long as STS takes, and no longer")
    func length() throws {
        let base = TokenSamples.text(signature: "")
        let longest = base + String(repeating: "A", count: (JSONWebToken.longest - base.utf8.count) / 4 * 4)
        #expect(longest.utf8.count > JSONWebToken.longest - 4)
        #expect(try JSONWebToken(Secret(longest)).raw.count == longest.utf8.count)
        #expect(throws: JSONWebToken.ParseError.tooLong(20_001)) {
            try JSONWebToken(Secret(bytes: [UInt8](repeating: 0x41, count: 20_001)))
        }
    }

    @Test("is not nested deeper than anybody needs", arguments: [("[", "]"), (#"{"a":"#, "}")])
    func depth(open: String, close: String) throws {
        func claims(_ depth: Int) -> String {
            let value = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            return TokenSamples.claims(replacing: #""run_id":"1042""#, with: #""run_id":\#(value)"#)
        }
        #expect(try TokenSamples.parse(claims(15)).all["run_id"] != nil)
        for depth in [16, 600, 1900] {
            #expect(throws: JSONWebToken.ParseError.notAnObject(part: "payload")) {
                try TokenSamples.parse(claims(depth))
            }
        }
    }

    @Test("may have brackets in its texts, whatever stands before them", arguments: ["", #"\""#, #"\\"#, #"\\\""#])
    func bracketsInText(before: String) throws {
        let text = before + String(repeating: "[{", count: 50)
        let claims = TokenSamples.claims(replacing: #""run_id":"1042""#, with: #""run_id":"\#(text)""#)
        #expect(try TokenSamples.parse(claims).all["run_id"]?.display.hasSuffix("[{[{") == true)
    }

    @Test("never shows in print")
    func printing() throws {
        let text = TokenSamples.text()
        let token = try JSONWebToken(Secret(text))
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!dumped.contains(text) && !dumped.contains("c2lnbmF0dXJl") && !"\(token)".contains("c2lnbmF0dXJl"))
    }

    @Test(
        "is taken or refused, and never a crash, wherever a byte is lost or changed",
        arguments: [0x2E, 0x41, 0x00, 0x7B])
    func damaged(byte: UInt8) {
        let bytes = Array(TokenSamples.text().utf8)
        for index in bytes.indices {
            _ = try? JSONWebToken(Secret(bytes: Array(bytes[..<index])))
            var changed = bytes
            changed[index] = byte
            if let token = try? JSONWebToken(Secret(bytes: changed)) {
                #expect(token.raw.withExposedBytes { $0 } == changed)
            }
        }
    }
}
