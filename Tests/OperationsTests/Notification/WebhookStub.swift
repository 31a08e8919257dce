import Domain
import Foundation
import Synchronization
import Testing

@testable import Operations

/// Plays webhooks: for each host the answers in their order, and what was posted. A request nobody expected fails the
/// test.
final class WebhookStub: HTTPClient {
    private let state: Mutex<(answers: [String: [Result<HTTPResponse, HTTPError>]], posted: [HTTPRequest])>

    init(_ answers: [String: [Result<HTTPResponse, HTTPError>]]) { state = Mutex((answers, [])) }

    var posted: [HTTPRequest] { state.withLock { $0.posted } }
    /// Answers nobody asked for.
    var unused: Int { state.withLock { $0.answers.values.reduce(0) { $0 + $1.count } } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let answer = state.withLock { state in
            state.posted.append(request)
            return state.answers[request.url.host]?.isEmpty == false
                ? state.answers[request.url.host]?.removeFirst() : nil
        }
        guard let answer else {
            Issue.record("a request nobody expected, to \(request.url.host)")
            throw .configuration(reason: "no answer is left")
        }
        return try answer.get()
    }

    func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {}
}

extension Result where Success == HTTPResponse, Failure == HTTPError {
    static func answer(_ status: Int, _ body: String = "", _ fields: [(name: String, value: String)] = []) -> Self {
        .success(HTTPResponse(status: status, fields: fields, body: Secret(body)))
    }
}

extension NotificationSettings {
    /// As if these had been typed: options and their values by turns.
    static func test(_ arguments: String...) -> NotificationSettings { test(arguments) }

    static func test(_ arguments: [String]) -> NotificationSettings {
        func value(_ name: String) -> String? {
            arguments.firstIndex(of: name).map { arguments[arguments.index(after: $0)] }
        }
        var settings = NotificationSettings()
        settings.slackWebhookFile = value("--slack-webhook-file")
        settings.slackWebhookParameter = value("--slack-webhook-parameter")
        settings.webhook = value("--webhook")
        settings.webhookFile = value("--webhook-file")
        settings.webhookParameter = value("--webhook-parameter")
        return settings
    }
}
