import Foundation

/// Takes notifications: Slack's incoming webhooks, and a webhook that takes any JSON.
///
/// Whoever knows one of its addresses can write there, so the addresses are secrets.
package final class NotificationReceiver: Sendable {
    /// A notification that was taken.
    package struct Message: Sendable, Equatable {
        /// `slack` or `webhook`.
        package let operation: String
        /// JSON as it came.
        package let body: String

        package init(operation: String, body: String) { (self.operation, self.body) = (operation, body) }
    }

    /// What faults can meet.
    package static let operations = ["slack", "webhook"]
    /// The name in the request log.
    static let service = "hooks"

    let slackPath: String
    let webhookPath: String
    private let received = Shared<[Message]>([])

    init(secrets: SecretMint) {
        slackPath = "/services/T0CANARY1/B0CANARY1/\(secrets.addressSecret())"
        webhookPath = "/hook/\(secrets.addressSecret())"
    }

    /// What was taken so far, in order.
    package var messages: [Message] { received.value }

    /// `slack`, `webhook` or `unknown`.
    static func operation(of request: ServerRequest) -> String {
        if request.path.hasPrefix("/services/") { return "slack" }
        return request.path.hasPrefix("/hook/") ? "webhook" : "unknown"
    }

    func answer(_ request: ServerRequest) -> ServerAnswer {
        guard request.method == "POST" else { return ServerAnswer(status: 405, fields: [("Allow", "POST")]) }
        switch Self.operation(of: request) {
        case "slack": return slack(request)
        case "webhook": return webhook(request)
        default: return ServerAnswer(status: 404)
        }
    }

    private func slack(_ request: ServerRequest) -> ServerAnswer {
        let (asked, own) = (request.path.split(separator: "/"), slackPath.split(separator: "/"))
        guard asked.count == own.count, asked[1] == own[1] else { return SlackFailure.noTeam.answer }
        guard asked[2] == own[2] else { return SlackFailure.noService.answer }
        guard asked[3] == own[3] else { return SlackFailure.invalidToken.answer }
        guard Self.isJSON(request), let message = Self.json(request) as? [String: Any] else {
            return SlackFailure.invalidPayload.answer
        }
        if let blocks = message["blocks"] {
            guard let list = blocks as? [[String: Any]], !list.isEmpty, list.allSatisfy({ $0["type"] is String }) else {
                return SlackFailure.invalidBlocks.answer
            }
        } else {
            guard let text = message["text"] as? String, !text.isEmpty else { return SlackFailure.noText.answer }
        }
        record("slack", request)
        return ServerAnswer(status: 200, type: "text/plain; charset=utf-8", "ok")
    }

    private func webhook(_ request: ServerRequest) -> ServerAnswer {
        guard request.path == webhookPath else { return ServerAnswer(status: 404) }
        guard Self.isJSON(request) else { return ServerAnswer(status: 415) }
        guard Self.json(request) != nil else { return ServerAnswer(status: 400) }
        record("webhook", request)
        return ServerAnswer(status: 204)
    }

    private func record(_ operation: String, _ request: ServerRequest) {
        let message = Message(operation: operation, body: String(decoding: request.body, as: UTF8.self))
        received.change { $0.append(message) }
    }

    private static func isJSON(_ request: ServerRequest) -> Bool {
        request.field("content-type")?.lowercased().hasPrefix("application/json") ?? false
    }

    private static func json(_ request: ServerRequest) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(request.body), options: .fragmentsAllowed)
    }
}
