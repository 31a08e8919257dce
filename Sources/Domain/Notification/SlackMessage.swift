/// A notification as the JSON an incoming webhook of Slack takes: blocks, and `text` for where blocks do not show.
///
/// Source: Slack, "Sending messages using incoming webhooks", "Block Kit" (50 blocks a message, 3000 characters a text,
/// 150 a header).
package struct SlackMessage: Sendable {
    private static let mostBlocks = 50
    private static let longestSection = 3000
    private static let longestHeader = 150
    /// Undocumented: Slack refuses a message with about 12,000 characters in all its blocks, and counts more than the
    /// texts (slackapi/bolt-js #2509, #2867).
    private static let longestMessage = 9000
    /// What a block is counted for besides its text.
    private static let blockOverhead = 60

    /// On one line, ASCII.
    package let json: String

    /// - Parameter notification: cleaned (``RunNotification/cleaned(_:)``).
    package init(_ notification: RunNotification, from origin: NotificationOrigin) {
        let headline = Self.headline(notification)
        // Failures first: what is cut must not be what somebody has to act on.
        let ordered = RunNotification.Status.allCases.flatMap { status in
            notification.items.filter { $0.status == status }
        }
        var sections: [String] = []
        var length = 0
        for item in ordered {
            let section = Self.section(item)
            length += section.utf16.count + Self.blockOverhead
            // Three are for the headline, the number of those left out, and the origin.
            guard sections.count < Self.mostBlocks - 3, length <= Self.longestMessage else { break }
            sections.append(section)
        }
        if sections.count < ordered.count { sections.append("and \(ordered.count - sections.count) more") }

        var blocks: [JSONValue] = [Self.header(headline)]
        blocks += sections.map { .members(["type": "section", "text": Self.markup($0)]) }
        blocks.append(.members(["type": "context", "elements": .list([Self.markup(Self.signature(origin))])]))
        let titles = ordered.prefix(3).map(\.title).joined(separator: ", ")
        json = JSONValue.members([
            "text": .text(SlackText.escaped(titles.isEmpty ? headline : "\(headline): \(titles)", limit: 600)),
            "blocks": .list(blocks),
        ]).json(order: ["text", "blocks", "type"])
    }

    private static func headline(_ notification: RunNotification) -> String {
        let counts: [(RunNotification.Status, String)] = [
            (.failed, "failed"), (.succeeded, "done"), (.unchanged, "unchanged"),
        ]
        let parts = counts.compactMap { status, word in
            let count = notification.count(of: status)
            return count == 0 ? nil : notification.items.count == 1 ? word : "\(count) \(word)"
        }
        return "keyless \(notification.command): \(parts.isEmpty ? "nothing to do" : parts.joined(separator: ", "))"
    }

    /// Plain text, in which Slack looks for nothing; it escapes no less for that.
    private static func header(_ text: String) -> JSONValue {
        let text: JSONValue = .members([
            "type": "plain_text", "text": .text(SlackText.escaped(text, limit: longestHeader)),
            "emoji": .boolean(false),
        ])
        return .members(["type": "header", "text": text])
    }

    /// `verbatim`: nothing in it is made a link or a mention that is not written as one.
    private static func markup(_ text: String) -> JSONValue {
        .members(["type": "mrkdwn", "text": .text(text), "verbatim": .boolean(true)])
    }

    private static func section(_ item: RunNotification.Item) -> String {
        var lines = ["\(sign(item.status)) *\(SlackText.escaped(item.title, limit: 400))*"]
        if let failure = item.failure {
            let step = SlackText.escaped(failure.step, limit: 250)
            lines.append("failed to \(step): \(SlackText.escaped(failure.message, limit: 1200))")
            lines += failure.advice.map { "→ \(SlackText.escaped($0, limit: 600))" }
        }
        lines += item.facts.map { fact in
            "\(SlackText.escaped(fact.name, limit: 120)): \(SlackText.code(fact.value, limit: 500))"
        }
        var section = lines[0]
        for line in lines.dropFirst() {
            guard section.utf16.count + line.utf16.count + 3 <= longestSection else { return section + "\n…" }
            section += "\n" + line
        }
        return section
    }

    private static func sign(_ status: RunNotification.Status) -> String {
        switch status {
        case .failed: ":x:"
        case .succeeded: ":white_check_mark:"
        case .unchanged: ":heavy_minus_sign:"
        }
    }

    private static func signature(_ origin: NotificationOrigin) -> String {
        let program = "keyless \(SlackText.escaped(origin.version, limit: 50)) · \(origin.time.text)"
        return origin.run.map { "\(program) · \(SlackText.link($0.link, "the pipeline's run"))" } ?? program
    }
}

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
