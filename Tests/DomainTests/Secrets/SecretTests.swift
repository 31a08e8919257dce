import Domain
import Foundation
import Testing

@Suite("A secret")
struct SecretTests {
    static let value = "hunter2-\u{1F511}"

    struct Holder { let name = "holder"; let secret: Secret; let maybe: Secret?; let list: [Secret] }
    enum Choice { case one(Secret) }
    struct Failure: Error { let secret: Secret }
    final class Box { let secret: Secret; init(_ secret: Secret) { self.secret = secret } }

    /// One way in which a value gets printed.
    struct Printing: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let print: @Sendable (Secret) -> String
        init(_ name: String, _ print: @escaping @Sendable (Secret) -> String) {
            (testDescription, self.print) = (name, print)
        }
    }

    static let printings = [
        Printing("description") { $0.description },
        Printing("debugDescription") { $0.debugDescription },
        Printing("interpolation") { "\($0)" },
        Printing("String(describing:)") { String(describing: $0) },
        Printing("String(reflecting:)") { String(reflecting: $0) },
        Printing("print") { secret in written { print(secret, to: &$0) } },
        Printing("debugPrint") { secret in written { debugPrint(secret, to: &$0) } },
        Printing("dump") { secret in written { dump(secret, to: &$0) } },
        Printing("a dump of what holds it") { secret in
            written { dump(Holder(secret: secret, maybe: secret, list: [secret]), to: &$0) }
        },
        Printing("an Optional") { "\(Optional($0) as Any)" },
        Printing("an array") { "\([$0, $0])" },
        Printing("a dictionary") { "\(["key": $0])" },
        Printing("a tuple") { "\((1, $0))" },
        Printing("a structure") { "\(Holder(secret: $0, maybe: $0, list: [$0]))" },
        Printing("an enumeration") { String(reflecting: Choice.one($0)) },
        Printing("a Result") { "\(Result<Secret, Never>.success($0))" },
        Printing("an error") { "\(Failure(secret: $0)) \(Failure(secret: $0).localizedDescription)" },
        Printing("a class") { secret in written { dump(Box(secret), to: &$0) } },
        Printing("its mirror") { secret in reflection(of: secret) },
        Printing("the mirror of what holds it") { reflection(of: Holder(secret: $0, maybe: $0, list: [$0])) },
        Printing("a request") { secret in
            let limits = HTTPLimits(total: .seconds(1))
            guard let url = try? HTTPURL("https://dev.azure.com/") else { return SecretTests.value }
            return written {
                dump(HTTPRequest(.post, url, fields: [HTTPField("A", secret)], body: secret, limits: limits), to: &$0)
            }
        },
        Printing("an answer") { "\(HTTPResponse(status: 200, fields: [], body: $0))" },
        Printing("a secret that contains it") { (secret: Secret) in
            let line: Secret = "TOKEN=\(secret)\n"
            return "\(line)"
        },
        Printing("credentials") {
            "\(SessionCredentials(accessKeyID: $0, secretAccessKey: $0, sessionToken: $0, expiration: nil))"
        },
    ]

    @Test("never shows in print", arguments: printings)
    func printing(_ printing: Printing) {
        let text = printing.print(Secret(Self.value))
        #expect(!text.contains("hunter2") && !text.contains("104, 117, 110"))
        #expect(!text.isEmpty)
    }

    @Test("says that something was taken out")
    func redacted() {
        let secret = Secret(Self.value)
        #expect("\(secret)" == "<redacted>")
        #expect(String(reflecting: secret) == "<redacted>")
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("interpolates text, numbers and secrets byte for byte")
    func interpolation() {
        let secret: Secret = "a\(Secret(bytes: [0xFF, 0x00]))b\(7)\("é")"
        #expect(secret.withExposedBytes { $0 } == [0x61, 0xFF, 0x00, 0x62, 0x37, 0xC3, 0xA9])
        #expect(secret.count == 7)
    }

    @Test(
        "trims white space and line ends, and nothing else",
        arguments: [
            ("", ""), (" \t\r\n", ""), ("a", "a"), (" a b\r\n", "a b"), ("\u{A0}a\u{0}", "\u{A0}a\u{0}"),
        ])
    func trims(text: String, trimmed: String) {
        #expect(Secret(text).trimmed().exposedText == trimmed)
        #expect(Secret(text).isEmpty == text.isEmpty)
    }

    @Test("reads a JSON string, and nothing else")
    func decodes() throws {
        let decoded = try JSONDecoder().decode([Secret].self, from: Data(#"["a\u0062"]"#.utf8))
        #expect(decoded.map(\.exposedText) == ["ab"])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Secret].self, from: Data("[1]".utf8)) }
    }

    @Test("outlives the bytes it was made of, and they it")
    func copies() {
        var bytes = Array("value".utf8)
        do {
            let secret = Secret(bytes: bytes)
            bytes[0] = 0
            #expect(secret.exposedText == "value")
        }
        #expect(bytes == [0] + Array("alue".utf8))
        let lent = Secret("lent").withExposedBytes { $0 }
        #expect(lent == Array("lent".utf8), "bytes lent before the wipe stay whole")
    }

    private static func written(_ body: (inout String) -> Void) -> String {
        var text = ""
        body(&text)
        return text
    }

    private static func reflection(of value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        return "\(mirror) \(value)" + mirror.children.map { "\($0.label ?? "") " + reflection(of: $0.value) }.joined()
    }
}
