import Domain
import Testing

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test(
        "leaves RFC 3986's unreserved characters and encodes the rest",
        arguments: [
            ("", ""),
            ("AZaz09-._~", "AZaz09-._~"),
            (" ", "%20"),
            ("a+b=c&d/e?f%", "a%2Bb%3Dc%26d%2Fe%3Ff%25"),
            ("é€😀", "%C3%A9%E2%82%AC%F0%9F%98%80"),
            ("\u{0}\n\u{7F}", "%00%0A%7F"),
        ])
    func encodes(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.encode(Secret(text)).exposedText == encoded)
        #expect(PercentEncoding.encodeForm(Secret(text)).exposedText == encoded.replacing("%20", with: "+"))
        #expect(PercentEncoding.decode(encoded) == text)
    }

    @Test("keeps the bytes it is told to keep")
    func keeps() {
        #expect(PercentEncoding.encode("/a b/c", keeping: [UInt8(ascii: "/")]) == "/a%20b/c")
    }

    @Test("encodes every byte so that decoding gives it back")
    func roundTrip() {
        let every = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init)))
        #expect(PercentEncoding.encode(every).removingPercentEncoding() == every)
    }
}

extension String {
    /// Written out for the test, so that it does not share a mistake with the sources.
    fileprivate func removingPercentEncoding() -> String {
        var bytes: [UInt8] = []
        var rest = Substring(self)
        while let character = rest.popFirst() {
            if character == "%" {
                bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            } else {
                bytes += Array(String(character).utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
