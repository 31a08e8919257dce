import Domain
import Synchronization

/// A request and the task that waits for its answer. The answer is given once; whatever comes later is dropped.
final class PendingRequest: Sendable {
    typealias Answer = Result<HTTPResponse, HTTPError>

    private enum State {
        case open
        case awaited(CheckedContinuation<Answer, Never>)
        case answered(Answer)
    }

    let request: HTTPRequest
    /// When it began, as the time source has it.
    let start: Duration
    private let state = Mutex(State.open)

    init(_ request: HTTPRequest, start: Duration) { (self.request, self.start) = (request, start) }

    /// When ``HTTPLimits/total`` is over.
    var end: Duration { start + request.limits.total }

    /// Whether nobody waits any more.
    var isAnswered: Bool {
        state.withLock { if case .answered = $0 { true } else { false } }
    }

    /// Gives the answer, unless one was given.
    func finish(_ answer: Answer) {
        let waiting: CheckedContinuation<Answer, Never>? = state.withLock { state in
            defer { if case .answered = state {} else { state = .answered(answer) } }
            if case .awaited(let continuation) = state { return continuation }
            return nil
        }
        waiting?.resume(returning: answer)
    }

    /// Waits for the answer. To be called once.
    func answer() async -> Answer {
        await withCheckedContinuation { continuation in
            let early: Answer? = state.withLock { state in
                if case .answered(let answer) = state { return answer }
                state = .awaited(continuation)
                return nil
            }
            if let early { continuation.resume(returning: early) }
        }
    }
}
