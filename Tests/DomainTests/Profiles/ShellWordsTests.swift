import Foundation
import TestSupport
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

    @Test("a quoted word comes back from a shell and from shlex as it was, and holds no comment")
    func quote() async throws {
        var generator = SeededGenerator(seed: 8)
        let pieces = [
            "a", "/b", " ", "\t", "'", "\"", "\\", "$x", "#", ";", "é", "=", "~", "*", "!", "&", "`", "%", "(", "|",
        ]
        let words = (0..<300).map { _ in
            (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            }.joined()
        }
        let text = words.map(ShellWords.quote).joined(separator: " ")
        #expect(!text.contains(" #") && !text.contains(" ;") && !text.contains("\t#") && !text.contains("\t;"))
        #expect(try ShellWords.split(text) == words)
        let read: [[String]] = try await TestPython.run(
            """
            import json, shlex, subprocess, sys
            text = json.load(sys.stdin)
            shell = subprocess.run(["sh", "-c", "printf '%s\\\\0' " + text], capture_output=True).stdout.decode()
            print(json.dumps([shlex.split(text), shell.split("\\0")[:-1]]))
            """, input: Array(try JSONEncoder().encode(text)))
        #expect(read == [words, words])
        #expect(
            ShellWords.quote("arn:aws:iam::111122223333:role/a,b+c=d@e.f_g-h")
                == "arn:aws:iam::111122223333:role/a,b+c=d@e.f_g-h")
    }
}
