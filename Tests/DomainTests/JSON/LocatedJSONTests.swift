import Foundation
import Testing

@testable import Domain

@Suite("JSON with lines")
struct LocatedJSONTests {
    private func error(_ text: String) -> LocatedJSON.SyntaxError? {
        do throws(LocatedJSON.SyntaxError) {
            _ = try LocatedJSON(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test("every value knows its line, whatever ends lines") func lines() throws {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["{", "  \"a\": 1, \"b\":", "", " [ true,", "null ]", "}"].joined(separator: end)
            let json = try LocatedJSON(Array(text.utf8))
            guard case .members(let members) = json.value, case .list(let items) = members[1].value.value else {
                Issue.record("an object with a list")
                return
            }
            #expect(json.line == 1)
            #expect(members.map(\.line) == [2, 2])
            #expect(members.map(\.value.line) == [2, 4])
            #expect(items.map(\.line) == [4, 5])
            #expect(items.map(\.kind) == [.boolean, .null])
        }
    }

    @Test(
        "texts are what they say",
        arguments: [
            (#""a\"b\\c\/\b\f\n\r\t""#, "a\"b\\c/\u{8}\u{C}\n\r\t"), (#""\u00e9\ud83d\uDE00""#, "é😀"),
            ("\"Größe 😀\"", "Größe 😀"), ("\u{FEFF}\"bom\"", "bom"), (#""""#, ""),
        ])
    func texts(json: String, expected: String) throws {
        guard case .text(let text) = try LocatedJSON(Array(json.utf8)).value else {
            Issue.record("no text")
            return
        }
        #expect(text == expected)
    }

    // The other reader would take a comma before a closing bracket, which is a mistake below.
    @Test(
        "what another reader takes is taken, and nothing else",
        arguments: [
            "0", "-0", "10", "-1.5e+10", "1E2", "01", "-", "1.", ".5", "1e", "+1", "0x1", "1_000", "NaN", "Infinity",
            "true", "tru", "True", "null", "nul", "[]", "[1]", "[,1]", "[1 2]", "{}", "{\"a\":1}",
            "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\":}", "{\"a\":1 \"b\":2}", "\"a", "\"\\x\"",
            "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u12\"", "\"\t\"", "1 2", "[", "{", "]", "", "  ", "// a\n1",
            "[\"a\", {\"b\": [[], {}]}]", "\u{B}1",
        ])
    func grammar(text: String) {
        let isJSON = (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil
        #expect((error(text) == nil) == isJSON)
    }

    @Test(
        "a mistake is told with its line, in words",
        arguments: [
            ("{\n\"a\": 1\n\"b\": 2}", 3, "a comma or a } is missing before \"b\""),
            ("{\n\"a\": 1,\n}", 2, "there is a comma too many before the }"),
            ("[1,\n]", 1, "there is a comma too many before the ]"),
            ("[1,\n\n  2", 3, "the file ends, and the [ of line 1 is not closed"),
            ("{\n  a: 1}", 2, "a name in double quotes should be here, not a"),
            ("{\"a\":\n24h}", 2, "24h is not a number; texts stand in double quotes"),
            ("{\"a\":\n True}", 2, "a value should be here, not True; texts stand in double quotes"),
            ("{\"a\"\n= 1}", 2, "a : is missing after \"a\""),
            ("{\"a\": 1,\n\"a\": 2}", 2, "\"a\" is here a second time, the first is on line 1"),
            ("\n{\"a\": \"b\n\"}", 2, "the closing quote is missing; a text does not go on on the next line"),
            ("{\"a\": \"C:\\Users\"}", 1, "\\U is not an escape; a \\ of the text is written \\\\"),
            ("{}\n{}", 2, "there is more after the end: {"), ("{ // the first\n}", 1, "JSON has no comments"),
            (" \n", 2, "there is nothing in it"),
        ])
    func mistakes(text: String, line: Int, reason: String) {
        #expect(error(text) == LocatedJSON.SyntaxError(line: line, reason: reason))
    }

    @Test("a text that is not UTF-8 says so") func encodings() {
        func reason(_ bytes: [UInt8]) -> LocatedJSON.SyntaxError? {
            do throws(LocatedJSON.SyntaxError) {
                _ = try LocatedJSON(bytes)
                return nil
            } catch {
                return error
            }
        }
        #expect(reason([0x7B, 0, 0x7D, 0])?.reason == "it is UTF-16; save the file as UTF-8")
        #expect(reason([0xFF, 0xFE, 0x7B, 0])?.reason == "it is UTF-16; save the file as UTF-8")
        let latin1 = Array("{\n\"a\": \"Gr".utf8) + [0xF6] + Array("ße\"}".utf8)
        #expect(reason(latin1) == LocatedJSON.SyntaxError(line: 2, reason: "it is not UTF-8; save the file as UTF-8"))
    }

    @Test("nesting is bounded") func depth() {
        let deepest = String(repeating: "[", count: 16) + String(repeating: "]", count: 16)
        #expect(error(deepest) == nil)
        #expect(error("[\(deepest)]") != nil)
        #expect(error(String(repeating: "[", count: 1_000_000)) != nil)
        #expect(error("[" + Array(repeating: "[]", count: 100).joined(separator: ",") + "]") == nil)
    }

    @Test("no prefix and no changed byte of a document ends the process") func damaged() {
        let document = Array("{\"a\": [1.5e3, \"\\u00e9\\n\", true], \"b\": {\"c\": null}}".utf8)
        for length in document.indices {
            #expect(throws: LocatedJSON.SyntaxError.self) { try LocatedJSON(Array(document[..<length])) }
            for byte: UInt8 in [0, 0x22, 0x5C, 0x2C, 0x7B, 0xC3, 0xFF] {
                var damaged = document
                damaged[length] = byte
                _ = try? LocatedJSON(damaged)
            }
        }
    }
}
