import Domain
import Testing

@Suite("base64url")
struct Base64URLTests {
    // RFC 4648 §10 without padding, RFC 7515 appendix C, and bytes whose text needs both changed characters.
    static let knownValues: [([UInt8], String)] = [
        ([], ""), (Array("f".utf8), "Zg"), (Array("fo".utf8), "Zm8"), (Array("foo".utf8), "Zm9v"),
        (Array("foob".utf8), "Zm9vYg"), (Array("fooba".utf8), "Zm9vYmE"), (Array("foobar".utf8), "Zm9vYmFy"),
        ([3, 236, 255, 224, 193], "A-z_4ME"), ([0xFB, 0xFF, 0xBF], "-_-_"),
    ]

    @Test("encodes and decodes the known values", arguments: knownValues)
    func known(bytes: [UInt8], text: String) {
        #expect(Base64URL.encode(bytes) == text)
        #expect(Base64URL.decode(text) == bytes)
        #expect(Base64URL.decode(Array(text.utf8)) == bytes)
    }

    @Test(
        "refuses padding, the other alphabet, white space and impossible lengths",
        arguments: [
            "Zg==", "Zg=", "Zm8=", "=", "+/+/", "A+z_4ME", "A/z_4ME", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9v\r\n", "Z",
            "Zm9vY",
            "Zm9v.", "Zm9é", "Zm9v\u{301}", "\u{0}AAA",
        ])
    func refuses(text: String) {
        #expect(Base64URL.decode(text) == nil)
        #expect(Base64URL.decode(Array(text.utf8)) == nil)
    }
}
