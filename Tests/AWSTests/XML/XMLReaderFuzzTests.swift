import Domain
import FoundationEssentials
import TestSupport
import Testing

@testable import AWS

/// Thousands of damaged answers: none may trap, and what is accepted is what it seems to be.
///
/// One round has a fixed seed, so a failure comes back every time. `scripts/fuzz` sets `KEYLESS_FUZZ_SECONDS`, and
/// rounds with further seeds follow for that long; a failure names its seed.
@Suite struct XMLReaderFuzzTests {
    private static let pieces = [
        "<", ">", "</", "/>", "<a>", "</a>", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE a>", "<?", "?>", "&",
        "&amp;",
        "&#x41;", "&#xFFFFFFFF;", ";", "=", "\"", "'", "\0", "\u{FEFF}", " ", "\n", "😀",
    ].map { Array($0.utf8) }

    private static let seeds = [
        """
        <?xml version="1.0"?><!-- c --><R a="b" c='d'><E>&lt;&#65;<![CDATA[x]]></E><E/><D><D><D>t</D></D></D></R>
        """,
        """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>\
        <Code>AccessDenied</Code><Message>Not authorized</Message></Error><RequestId>1</RequestId></ErrorResponse>
        """,
        String(repeating: "<a>", count: 40) + String(repeating: "</a>", count: 40),
    ].map { Array($0.utf8) }

    @Test("no bytes make the reader fail otherwise than by its own errors")
    func damagedAnswers() throws {
        let recorded = try WebIdentityReplayTests.recordings.flatMap {
            try $0.exchanges().map { Array($0.answer.utf8) }
        }
        let corpus = Self.seeds + recorded
        let seconds = ProcessInfo.processInfo.environment["KEYLESS_FUZZ_SECONDS"].flatMap(Double.init) ?? 0
        let end = Date().addingTimeInterval(seconds)
        var seed = 2026
        repeat {
            try damageOnce(corpus, seed: seed)
            seed += 1
        } while Date() < end
    }

    private func damageOnce(_ corpus: [[UInt8]], seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        var refused = 0
        for _ in 0..<4_000 {
            let bytes = Self.damaged(corpus[Int.random(in: 0..<corpus.count, using: &generator)], corpus, &generator)
            guard let element = try? XMLReader.read(Secret(bytes: bytes)) else {
                refused += 1
                continue
            }
            accepted += 1
            #expect(Self.depth(element) <= XMLReader.maximumDepth, "seed \(seed)")
            let again = try XMLReader.read(Secret(bytes: Self.write(element)))
            #expect(Self.write(again) == Self.write(element), "seed \(seed)")
        }
        // Both ways were taken, often: the damage was neither fatal always nor never.
        #expect(accepted > 200)
        #expect(refused > 200)
    }

    private static func damaged(
        _ original: [UInt8], _ corpus: [[UInt8]], _ generator: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, position + Int.random(in: 1...40, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &generator)], at: position)
            case 2: bytes.removeSubrange(position..<end)
            case 3: bytes.removeSubrange(position...)
            case 4: bytes.insert(contentsOf: bytes[position..<end], at: position)
            default:
                let other = corpus[Int.random(in: 0..<corpus.count, using: &generator)]
                bytes.replaceSubrange(position..., with: other.suffix(bytes.count - position))
            }
        }
        return bytes
    }

    private static func depth(_ element: XMLElement) -> Int { 1 + (element.children.map(depth).max() ?? 0) }

    private static func write(_ element: XMLElement) -> [UInt8] {
        var text: [UInt8] = []
        element.text.withExposedBytes { bytes in
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "<"): text += Array("&lt;".utf8)
                case UInt8(ascii: "&"): text += Array("&amp;".utf8)
                default: text.append(byte)
                }
            }
        }
        return Array("<\(element.name)>".utf8) + text + element.children.flatMap(write)
            + Array("</\(element.name)>".utf8)
    }
}
