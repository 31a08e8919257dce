/// Text in Slack's own markup, in which others' words are nothing but words.
///
/// Source: Slack, "Formatting message text" (`&`, `<` and `>` are written as entities, and nothing else is).
enum SlackText {
    /// Text as it is. A mention (`<!channel>`, `<@U…>`) needs the brackets; where a reader looks for a bare `@here` too,
    /// it finds a word joiner after the `@`.
    ///
    /// - Parameter limit: how many UTF-16 units it may have once it is escaped; what is longer ends with `…`.
    static func escaped(_ text: String, limit: Int) -> String {
        var escaped = ""
        var length = 0
        for character in text {
            let piece = piece(for: character)
            length += piece.utf16.count
            // One is kept for the ellipsis; an entity is never cut in two.
            guard length < limit else { return escaped + "…" }
            escaped += piece
        }
        return escaped
    }

    /// Text as a value that is to be copied: in a span of code, in which `*` and `_` mean nothing.
    static func code(_ text: String, limit: Int) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { return "–" }
        return "`\(escaped(text, limit: limit - 2))`"
    }

    /// A link; `address` has no character of the markup in it but `&`.
    static func link(_ address: String, _ text: String) -> String {
        "<\(escaped(address, limit: 2000))|\(escaped(text, limit: 100))>"
    }

    private static func piece(for character: Character) -> String {
        // By scalars: a bracket with an accent on it is still a bracket to Slack.
        character.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "@": "@\u{2060}"
            // It would begin or end a span of code.
            case "`": "'"
            default: String(Character(scalar))
            }
        }.joined()
    }
}
