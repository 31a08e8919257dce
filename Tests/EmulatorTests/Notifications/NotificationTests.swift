import Emulator
import Foundation
import Testing

@Suite("The receiver of notifications")
struct NotificationTests {
    private func send(_ sandbox: Sandbox, _ url: String, _ body: String, type: String = "application/json")
        async throws -> Answer
    {
        try await Answer.curl(sandbox, ["-H", "Content-Type: \(type)", "--data-binary", "@-", url], input: body)
    }

    @Test("takes a message to Slack, and says ok") func slack() async throws {
        try await Sandbox.with { sandbox async throws in
            let bodies = [#"{"text":"rotated"}"#, #"{"text":"rotated","blocks":[{"type":"divider"}]}"#]
            for body in bodies {
                let answer = try await send(sandbox, sandbox.slackWebhookURL, body)
                #expect(answer.status == 200)
                #expect(answer.body == "ok")
                #expect(answer.fields["content-type"]?.hasPrefix("text/plain") == true)
            }
            #expect(sandbox.notifications == bodies.map { .init(operation: "slack", body: $0) })
        }
    }

    @Test(
        "refuses what Slack refuses",
        arguments: [
            ("text=hello", 400, "invalid_payload"), ("[]", 400, "invalid_payload"), ("{}", 400, "no_text"),
            (#"{"text":""}"#, 400, "no_text"), (#"{"text":"x","blocks":{}}"#, 400, "invalid_blocks"),
            (#"{"blocks":[]}"#, 400, "invalid_blocks"),
        ])
    func refused(body: String, status: Int, word: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await send(sandbox, sandbox.slackWebhookURL, body)
            #expect(answer.status == status)
            #expect(answer.body == word)
            #expect(sandbox.notifications.isEmpty)
        }
    }

    @Test("knows its own addresses only, and they are secrets") func addresses() async throws {
        try await Sandbox.with { sandbox async throws in
            let slack = sandbox.slackWebhookURL
            let cases = [
                (slack.replacing("/T0", with: "/T1"), 404, "no_team"),
                (slack.replacing("/B0", with: "/B1"), 404, "no_service"), (slack + "x", 403, "invalid_token"),
                (sandbox.webhookURL + "x", 404, ""), (sandbox.hooksURL + "/other", 404, ""),
            ]
            for (url, status, word) in cases {
                let answer = try await send(sandbox, url, #"{"text":"x"}"#)
                #expect(answer.status == status)
                #expect(answer.body == word)
            }
            #expect(try await send(sandbox, slack, #"{"text":"x"}"#, type: "text/plain").body == "invalid_payload")
            #expect(try await Answer.curl(sandbox, [slack]).status == 405)
            for url in [slack, sandbox.webhookURL] {
                let secret = try #require(url.split(separator: "/").last)
                #expect(sandbox.canaries.contains(String(secret)))
                _ = try await send(sandbox, url, "{}")
                #expect(sandbox.log.records.allSatisfy { !$0.jsonLine.contains(secret) })
            }
        }
    }

    @Test("takes any JSON at the other address") func webhook() async throws {
        try await Sandbox.with { sandbox async throws in
            #expect(try await send(sandbox, sandbox.webhookURL, #"{"event":"rotated"}"#).status == 204)
            #expect(try await send(sandbox, sandbox.webhookURL, "no JSON").status == 400)
            #expect(try await send(sandbox, sandbox.webhookURL, "{}", type: "text/plain").status == 415)
            #expect(sandbox.notifications == [.init(operation: "webhook", body: #"{"event":"rotated"}"#)])
        }
    }

    @Test("fails as planned, and is no call of either service") func faults() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(try FaultRule("call=reset"))
            sandbox.faults.add(try FaultRule("webhook=status-404"))
            for kind in FaultRule.slackKinds { sandbox.faults.add(try FaultRule("slack=\(kind)")) }
            for kind in FaultRule.slackKinds {
                let answer = try await send(sandbox, sandbox.slackWebhookURL, #"{"text":"x"}"#)
                #expect(answer.status >= 400)
                #expect(kind == "throttled" ? answer.fields["retry-after"] == "1" : answer.body == kind)
            }
            #expect(try await send(sandbox, sandbox.webhookURL, "{}").status == 404)
            #expect(sandbox.notifications.isEmpty)
            #expect(sandbox.faults.pending == ["call": 1])
            #expect(sandbox.log.count(FaultPlan.call) == 0)
        }
    }
}
