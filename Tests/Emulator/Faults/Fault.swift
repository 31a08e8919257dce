/// Something that goes wrong with one request.
package enum Fault: Sendable {
    /// This answer instead of the service's; the service never sees the request.
    case answer(ServerAnswer)
    /// The service's answer, changed on its way.
    case rewrite(@Sendable (ServerAnswer) -> ServerAnswer)
    /// The service works at once, its answer leaves this much later.
    case delay(Duration)
    /// The connection is reset (RST); the service never sees the request.
    case reset
    /// The service does what was asked, and the connection is reset instead of an answer.
    case effectThenReset
    /// The answer promises its whole length and ends in the middle of its body.
    case truncatedBody
    /// The body comes byte by byte with this much time between two bytes.
    case slowBody(Duration)
    /// Bytes that are not HTTP, then the end of the connection.
    case garbage
    /// The request is read and nothing ever happens.
    case silence
    /// The service does what was asked, and nothing is ever said of it.
    case effectThenSilence
}

extension Fault {
    /// What the request log calls it.
    package var name: String {
        switch self {
        case .answer(let answer): "status-\(answer.status)"
        case .rewrite: "rewrite"
        case .delay: "delay"
        case .reset: "reset"
        case .effectThenReset: "effect-then-reset"
        case .truncatedBody: "truncated-body"
        case .slowBody: "slow-body"
        case .garbage: "garbage"
        case .silence: "silence"
        case .effectThenSilence: "hang-after"
        }
    }
}
