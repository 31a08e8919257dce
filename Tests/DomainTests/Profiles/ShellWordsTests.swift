import Foundation
import Testing

@testable import Domain

@Suite struct ShellWordsTests {
    @Test(
        "words as a shell has them",
        arguments: [
            ("", []), ("  \t", []), ("a b\tc\nd\r\n", ["a", "b", "c", "d"]), ("'a b' \"c d\"", ["a b", "c d"]),
            ("a\\ b", ["a b"]), ("a'b'\"c\"", ["abc"]), ("'' \"\" x", ["", "", "x"]),
            ("\"a\\\"b\\\\c\\d\"", ["a\"b\\c\\d"]),
            ("'a\\'", ["a\\"]), ("$HOME ~ * # x", ["$HOME", "~", "*", "#", "x"]), ("a;b|c", ["a;b|c"]),
            ("\\\"a", ["\"a"]), ("'\u{301}a'", ["\u{301}a"]),
        ] as [(String, [String])])
    func words(text: String, expected: [String]) throws { #expect(try ShellWords.split(text) == expected) }

    @Test(
        "what has no end is no command line",
        arguments: [
            ("a 'b", ShellWords.ParseError.unclosedQuote), ("a \"b", .unclosedQuote), ("\"a\\\"", .unclosedQuote),
            ("a\\", .trailingBackslash), ("\"a\\", .trailingBackslash),
        ])
    func unfinished(text: String, error: ShellWords.ParseError) {
        #expect(throws: error) { try ShellWords.split(text) }
    }

    @Test("as Python's shlex, which botocore asks, for any text")
    func shlex() async throws {
        var generator = SeededGenerator(seed: 7)
        let pieces = ["a", "bc", " ", "\t", "'", "\"", "\\", "\n", "$x", "#", "é", "\u{301}", "=", "/"]
        let texts = (0..<2000).map { _ in
            (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            }.joined()
        }
        let expected: [[String]?] = try await TestPython.run(
            """
            import json, shlex, sys
            def split(text):
                try: return shlex.split(text)
                except ValueError: return None
            print(json.dumps([split(text) for text in json.load(sys.stdin)]))
            """, input: Array(try JSONEncoder().encode(texts)))
        #expect(expected.contains { $0 == nil } && expected.contains { ($0?.count ?? 0) > 2 })
        for (text, words) in zip(texts, expected) {
            let found = try? ShellWords.split(text)
            // Compared as bytes: to Swift two spellings of an accent are the same text.
            #expect(found?.map { Array($0.utf8) } == words?.map { Array($0.utf8) }, "\(text.debugDescription)")
        }
    }
}
