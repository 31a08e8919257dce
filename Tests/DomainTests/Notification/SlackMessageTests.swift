import Foundation
import Testing

@testable import Domain

@Suite("A Slack message")
struct SlackMessageTests {
    private struct Message: Decodable {
        struct Text: Decodable {
            let type: String
            let text: String
            let verbatim: Bool?
        }

        struct Block: Decodable {
            let type: String
            let text: Text?
            let elements: [Text]?

            var texts: [Text] { (text.map { [$0] } ?? []) + (elements ?? []) }
        }

        let text: String
        let blocks: [Block]

        var sections: [String] { blocks.filter { $0.type == "section" }.compactMap(\.text?.text) }
        /// Everything Slack reads markup in.
        var all: [String] { [text] + blocks.flatMap { $0.texts.map(\.text) } }
    }

    private func message(
        _ notification: RunNotification, from origin: NotificationOrigin = .sample
    ) throws -> Message {
        let json = SlackMessage(notification.cleaned(TokenRedaction(of: [])), from: origin).json
        return try JSONDecoder().decode(Message.self, from: Data(json.utf8))
    }

    @Test("tells failures first, with what to do") func content() throws {
        let message = try message(.sample)
        #expect(message.text == "keyless rotate: 1 failed, 1 done, 1 unchanged: e → f, a → b (contoso/Web Shop), c → d")
        #expect(message.blocks.map(\.type) == ["header", "section", "section", "section", "context"])
        #expect(message.blocks[0].text?.text == "keyless rotate: 1 failed, 1 done, 1 unchanged")
        #expect(
            message.sections == [
                """
                :x: *e → f*
                failed to update the service connection: it is &lt;gone&gt;
                → look &amp; see
                → again
                old key: `AKIAOLD`
                """,
                ":white_check_mark: *a → b (contoso/Web Shop)*\nnew key: `AKIAIOSFODNN7EXAMPLE`",
                ":heavy_minus_sign: *c → d*",
            ])
        #expect(
            message.blocks.last?.elements?.first?.text
                == "keyless 1.2.3 · 2026-03-04T05:06:07Z · "
                + "<https://dev.azure.com/contoso/Web%20Shop/_build/results?buildId=42|the pipeline's run>")
        let markup = message.blocks.flatMap(\.texts).filter { $0.type == "mrkdwn" }
        #expect(markup.count == 4 && markup.allSatisfy { $0.verbatim == true })
    }

    @Test("of one rotation says how it ended") func headlines() throws {
        for (item, words) in [
            (RunNotification.Item.succeeded("a"), "done"), (.unchanged("a"), "unchanged"),
            (.failed("a", RunNotification.Failure(step: "b", message: "c")), "failed"),
        ] {
            let message = try message(RunNotification(command: "rotate", items: [item]))
            #expect(message.blocks[0].text?.text == "keyless rotate: \(words)")
        }
        #expect(try message(RunNotification(command: "rotate", items: [])).text == "keyless rotate: nothing to do")
    }

    @Test(
        "lets nobody else's words mention or link",
        arguments: [
            "<!channel>", "<!here|x>", "<@U123>", "<#C123>", "<!subteam^S1>", "<https://evil.example|Slack>", "@here",
            "@channel", "@everyone", "&lt;!channel&gt;", "<\u{301}!channel>", "`<!channel>`", "a`*_~b", "\n<!channel>",
            "@\u{200B}here", "<\u{200B}!here>", "\"}]}",
        ])
    func mentions(text: String) throws {
        let message = try message(.saying(text), from: NotificationOrigin(version: "1", time: .init(Date()), run: nil))
        for shown in message.all {
            #expect(!shown.unicodeScalars.contains("<") && !shown.unicodeScalars.contains(">"))
            for name in ["here", "channel", "everyone"] { #expect(!shown.contains("@\(name)")) }
            let entities = ["&amp;", "&lt;", "&gt;"]
            // The accent would make one character of itself and the entity's end.
            let plain = String(String.UnicodeScalarView(shown.unicodeScalars.filter { $0 != "\u{301}" }))
            let rest = entities.reduce(plain) { $0.replacingOccurrences(of: $1, with: "") }
            #expect(!rest.contains("&"))
        }
        #expect(message.text.contains("&amp;lt;") == (text.contains("&lt;")))
        // The span of code of the fact's value ends where it is meant to.
        #expect(message.sections[0].split(separator: "`").count == 2)
    }

    @Test("has nothing the agent would read, nor control characters") func foreign() throws {
        let message = try message(.saying("a##vso[task.complete]\u{1B}[31m\u{202E}b"))
        #expect(message.all.allSatisfy { !$0.contains("##vso[") && !$0.contains("\u{1B}") && !$0.contains("\u{202E}") })
    }

    @Test("holds no token, even one that is cut short") func redaction() throws {
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        let text = String(repeating: "x ", count: 490) + secret + " eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln"
        let notification = RunNotification.saying(text).cleaned(TokenRedaction(of: [Secret(secret)]))
        for json in [
            SlackMessage(notification, from: .sample).json, WebhookMessage(notification, from: .sample).json,
        ] {
            #expect(!json.contains("wJalr"))
            #expect(!json.contains("eyJ"))
        }
    }

    @Test("stays within what Slack takes", arguments: ["&", "x", "😀", "<", "`"]) func limits(character: String) throws {
        let text = String(repeating: character, count: 1300)
        let failure = RunNotification.Failure(step: text, message: text, advice: Array(repeating: text, count: 3))
        let facts = Array(repeating: Fact(text, text), count: 8)
        let items = (0..<60).map { _ in RunNotification.Item.failed(text, facts: facts, failure) }
        let json = SlackMessage(RunNotification(command: text, items: items), from: .sample).json
        let message = try JSONDecoder().decode(Message.self, from: Data(json.utf8))
        for block in message.blocks {
            let limit = block.type == "header" ? 150 : 3000
            for text in block.texts { #expect(1...limit ~= text.text.utf16.count) }
        }
        #expect(message.blocks.count <= 50)
        #expect(message.blocks.flatMap(\.texts).reduce(0) { $0 + $1.text.utf16.count } < 10_000)
        for shown in message.all {
            // No entity is cut in two.
            #expect(shown.ranges(of: "&").count == shown.ranges(of: /&(amp|lt|gt);/).count)
        }
    }

    @Test("of many rotations counts what it leaves out, and never a failure before a success") func many() throws {
        let failures = (1...5).map { number in
            RunNotification.Item.failed("bad \(number)", RunNotification.Failure(step: "s", message: "m"))
        }
        let items = (1...100).map { RunNotification.Item.succeeded("good \($0)") } + failures
        let message = try message(RunNotification(command: "rotate", items: items))
        #expect(message.blocks.count == 50)
        #expect(message.sections.count == 48)
        #expect(message.sections.last == "and 58 more")
        #expect(message.sections.prefix(5).allSatisfy { $0.hasPrefix(":x: *bad") })
        #expect(message.sections[5] == ":white_check_mark: *good 1*")
        #expect(message.text.hasPrefix("keyless rotate: 5 failed, 100 done"))
    }
}
