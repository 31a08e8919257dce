import Domain
import Foundation
import Testing

@Suite("Text that somebody else wrote")
struct ForeignTextTests {
    @Test(
        "stays as it is where it is harmless",
        arguments: [
            "", "refs/heads/main", "TF400813: The user 'aaaa' is not authorized.", "Größe 😀 日本", "C# and F#",
            "## heading",
            "##vso", "#[x]", "vso[task]",
        ])
    func keeps(text: String) { #expect(ForeignText.clean(text) == text) }

    @Test(
        "loses its control characters",
        arguments: [
            ("a\nb", "a b"), ("a\r\nb", "a  b"), ("a\u{1B}[31mb", "a [31mb"), ("a\u{0}b", "a b"), ("a\u{9B}b", "a b"),
            ("a\u{7F}b", "a b"), ("a\u{2028}b", "a b"), ("a\u{202E}b", "a b"), ("a\u{200B}b", "a b"),
        ])
    func control(text: String, cleaned: String) { #expect(ForeignText.clean(text) == cleaned) }

    static let hostile = [
        "##vso[task.setvariable variable=x]y",
        "before ##vso[task.complete result=Succeeded;] after",
        "##VSO[task.debug]", "##Vso[task.debug]", "##[error]no", "##[command]",
        "####vso[vso[task.debug]", "##vs##vso[o[task.debug]", "##v##[so[task.debug]", "####[[error]", "#####[[[x]",
        "##\nvso[task.debug]", "#\r#vso[task.debug]",
        // One character to Swift: a letter that joins the sign after it, and accents on the signs.
        "\u{0D4E}##vso[task.debug]", "##vso[\u{301}task.debug]", "\u{111C2}##[error]", "##[\u{301}error]",
        // Characters that many comparisons skip.
        "##v\u{FE0F}so[task.debug]", "#\u{034F}#vso[task.debug]", "##\u{00AD}vso[task.debug]", "##\u{200D}[error]",
    ]

    @Test("holds no command for the agent", arguments: hostile)
    func commands(text: String) {
        let cleaned = ForeignText.clean(text)
        #expect(!hasMarker(cleaned), "\(cleaned.debugDescription)")
    }

    @Test("is cut to the limit, and says so")
    func limit() {
        #expect(ForeignText.clean(String(repeating: "a", count: 11), limit: 10) == "aaaaaaaaaa…")
        #expect(ForeignText.clean(String(repeating: "a", count: 10), limit: 10) == "aaaaaaaaaa")
        let flood = String(repeating: "##vso[", count: 100_000)
        #expect(!hasMarker(ForeignText.clean(flood, limit: 100)))
    }

    @Test(
        "keeps its exact values in JSON, without a command or a control character in it",
        arguments: hostile + [
            "plain", "###", "####[x]", "a\u{9B}31mb", "a\u{7F}b", "\u{202E}desrever", "😀\u{FE0F}", "\u{E0001}tag",
        ])
    func json(text: String) throws {
        let json = String(decoding: try JSONEncoder().encode(["##vso[key": text]), as: UTF8.self)
        let cleaned = ForeignText.cleanJSON(json)
        #expect(!hasMarker(cleaned), "\(cleaned.debugDescription)")
        #expect(cleaned.unicodeScalars.allSatisfy { !(0x7F...0x9F).contains($0.value) && $0.value != 0x202E })
        #expect(try JSONDecoder().decode([String: String].self, from: Data(cleaned.utf8)) == ["##vso[key": text])
    }

    @Test("keeps the layout of JSON")
    func layout() {
        let json = "{\r\n\t\"a\" : [ 1, \"# ü\" ]\n}\n"
        #expect(ForeignText.cleanJSON(json) == json)
    }

    /// Looks the way the agent might: at code units, and skipping what cannot be seen.
    private func hasMarker(_ text: String) -> Bool {
        let visible = text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
        return [Array(text.utf16), visible.flatMap { Array($0.utf16) }].contains { units in
            let lower = units.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
            return ["##vso[", "##["].contains { marker in
                lower.indices.contains { lower[$0...].starts(with: marker.utf16) }
            }
        }
    }
}
