/// Splits a command line into words as a POSIX shell does, without a shell's expansions: what the AWS CLI does with
/// `credential_process` (Python's `shlex.split`).
package enum ShellWords {
    /// Why there are no words.
    package enum ParseError: Error, Sendable, Equatable {
        /// A quote that is not closed.
        case unclosedQuote
        /// A backslash with nothing behind it.
        case trailingBackslash
    }

    /// - Throws: ``ParseError``.
    package static func split(_ text: String) throws(ParseError) -> [String] {
        var words: [String] = []
        // nil between words: an empty pair of quotes is a word as well.
        var word: String?
        var quote: Unicode.Scalar?
        // Scalars, since to Swift a quote and the accent behind it are one character.
        var rest = Substring(text).unicodeScalars
        while let character = rest.popFirst() {
            switch character {
            case "\\" where quote != "'":
                guard let next = rest.popFirst() else { throw .trailingBackslash }
                // Between double quotes a backslash takes the meaning from these two alone.
                word = (word ?? "") + (quote == nil || next == "\"" || next == "\\" ? "" : "\\") + String(next)
            case quote: quote = nil
            case "'" where quote == nil, "\"" where quote == nil:
                (quote, word) = (character, word ?? "")
            case " " where quote == nil, "\t" where quote == nil, "\r" where quote == nil, "\n" where quote == nil:
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { throw .unclosedQuote }
        return words + [word].compactMap(\.self)
    }

    /// The word as Python's `shlex` and every POSIX shell read it back, and so that no parser of the AWS config file
    /// sees a comment in it, which begins with `#` or `;` behind a space, quotes or not.
    package static func quote(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { $0.isASCIILetterOrDigit(or: "-_./:@,+=%") }
        if isPlain && !word.isEmpty { return word }
        let inside = word.unicodeScalars.map { character in
            switch character {
            case "'", "#", ";": #"'\\#(character)'"#
            default: String(character)
            }
        }
        return "'\(inside.joined())'"
    }
}
