import Foundation
import TestSupport
import Testing

/// A test written as a script: what a user types, and what must come of it. `Tests/Scripts/README.md` describes the language.
struct Script: Sendable, CustomTestStringConvertible {
    /// One line: a command word, its arguments, and whether `!` stood before it.
    struct Line: Sendable {
        let number: Int
        let isNegated: Bool
        let words: [Word]
    }

    /// A word and whether quotes kept variables in it from being replaced.
    struct Word: Sendable {
        let text: String
        let isQuoted: Bool
    }

    let name: String
    let lines: [Line]
    let world: ScriptWorld
    /// The files that the script brings along, by name.
    let files: [(name: String, contents: String)]

    var testDescription: String { name }

    /// `Tests/Scripts/`.
    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Scripts")

    /// Every script there is, whose name is that of its folder and its own: `assume/cache`.
    static func all() throws -> [Script] {
        try FileManager.default.subpathsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".txt") }.sorted().map
        {
            try Script(
                named: String($0.dropLast(4)), String(contentsOf: directory.appendingPathComponent($0), encoding: .utf8)
            )
        }
    }

    init(named name: String, _ text: String) throws {
        var lines: [Line] = []
        var files: [(name: String, contents: String)] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("-- "), line.hasSuffix(" --") {
                files.append((String(line.dropFirst(3).dropLast(3)), ""))
            } else if !files.isEmpty {
                files[files.count - 1].contents += line + "\n"
            } else if !line.isEmpty, !line.hasPrefix("#") {
                var words = try Self.words(of: line, in: name, index + 1)
                let isNegated = words.first?.text == "!"
                if isNegated { words.removeFirst() }
                guard !words.isEmpty else { throw TestSetupError("\(name):\(index + 1): nothing to do") }
                lines.append(Line(number: index + 1, isNegated: isNegated, words: words))
            }
        }
        // The text ends with a line end, which is the last file's own and not one more empty line.
        if let last = files.indices.last, files[last].contents.hasSuffix("\n\n") || files[last].contents == "\n" {
            files[last].contents.removeLast()
        }
        (self.name, self.lines, self.files, world) = (name, lines, files, try ScriptWorld(lines))
    }

    /// Splits at white space; single quotes keep a stretch together, and two of them inside stand for one.
    private static func words(of line: Substring, in name: String, _ number: Int) throws -> [Word] {
        var words: [Word] = []
        var text = ""
        var (isQuoted, isInside, hasWord) = (false, false, false)
        var index = line.startIndex
        while index < line.endIndex {
            let character = line[index]
            let next = line.index(after: index)
            switch character {
            case "'" where isInside && next < line.endIndex && line[next] == "'":
                text.append("'")
                index = next
            case "'":
                isInside.toggle()
                (isQuoted, hasWord) = (true, true)
            case " " where !isInside:
                if hasWord { words.append(Word(text: text, isQuoted: isQuoted)) }
                (text, isQuoted, hasWord) = ("", false, false)
            default:
                text.append(character)
                hasWord = true
            }
            index = line.index(after: index)
        }
        guard !isInside else { throw TestSetupError("\(name):\(number): a quote is not closed") }
        if hasWord { words.append(Word(text: text, isQuoted: isQuoted)) }
        return words
    }
}
