/// The ways in which Slack's incoming webhooks are known to fail, to be planned as a ``Fault``.
package enum SlackFailure: String, Sendable, CaseIterable {
    /// 404: the webhook was taken away.
    case noService = "no_service"
    /// 404: there is no such workspace.
    case noTeam = "no_team"
    /// 403: the last part of the address is wrong.
    case invalidToken = "invalid_token"
    /// 403: the workspace does not allow it.
    case actionProhibited = "action_prohibited"
    /// 404: the channel is gone.
    case channelNotFound = "channel_not_found"
    /// 410: the channel is an archive.
    case channelIsArchived = "channel_is_archived"
    /// 400: the body is not JSON, or not by that name.
    case invalidPayload = "invalid_payload"
    /// 400: there is nothing in the message.
    case noText = "no_text"
    /// 400: the blocks are no list.
    case invalidBlocks = "invalid_blocks"
    /// 429 with `Retry-After: 1`.
    case throttled

    package var fault: Fault { .answer(answer) }

    /// The answer as such: Slack's word for it, as text.
    var answer: ServerAnswer {
        switch self {
        case .throttled:
            ServerAnswer(status: 429, type: "text/plain", "rate_limited", fields: [("Retry-After", "1")])
        default: ServerAnswer(status: status, type: "text/html", rawValue)
        }
    }

    private var status: Int {
        switch self {
        case .noService, .noTeam, .channelNotFound: 404
        case .invalidToken, .actionProhibited: 403
        case .channelIsArchived: 410
        case .invalidPayload, .noText, .invalidBlocks: 400
        case .throttled: 429
        }
    }
}
