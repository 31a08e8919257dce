import Foundation
import Testing

@testable import Domain

@Suite("A webhook's message")
struct WebhookMessageTests {
    @Test("has the names that are documented") func names() throws {
        let json = WebhookMessage(RunNotification.sample, from: .sample).json
        let expected = """
            {"schema":"keyless.notification/1","tool":"keyless","version":"1.2.3","command":"rotate","status":"failed",\
            "time":"2026-03-04T05:06:07Z",\
            "run":"https://dev.azure.com/contoso/Web%20Shop/_build/results?buildId=42",\
            "counts":{"failed":1,"succeeded":1,"unchanged":1},"items":[\
            {"status":"succeeded","title":"a \\u2192 b (contoso/Web Shop)",\
            "facts":[{"name":"new key","value":"AKIAIOSFODNN7EXAMPLE"}]},\
            {"status":"unchanged","title":"c \\u2192 d","facts":[]},\
            {"status":"failed","title":"e \\u2192 f","facts":[{"name":"old key","value":"AKIAOLD"}],\
            "failure":{"step":"update the service connection","message":"it is <gone>",\
            "advice":["look & see","again"]}}]}
            """
        #expect(json == expected)
    }

    @Test("says nothing of a run where there is none") func run() throws {
        let origin = NotificationOrigin(version: "1", time: NotificationOrigin.sample.time, run: nil)
        let json = WebhookMessage(RunNotification(command: "migrate", items: []), from: origin).json
        #expect(!json.contains("\"run\""))
        #expect(json.contains("\"status\":\"unchanged\""))
    }

    @Test("is one JSON object, whatever is said", arguments: ["\"}]}", "\\", "\u{0}\n", "😀", "\u{2028}"])
    func foreign(text: String) throws {
        let json = WebhookMessage(RunNotification.saying(text).cleaned(TokenRedaction(of: [])), from: .sample).json
        let value = try #require(JSONValue.object(Array(json.utf8)))
        guard case .list(let items)? = value["items"] else {
            Issue.record("no items")
            return
        }
        #expect(items[0]["title"] == .text(ForeignText.clean(text)))
    }
}
