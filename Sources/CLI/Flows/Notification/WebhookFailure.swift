import Domain

/// Why a notification did not arrive.
enum WebhookFailure: RetryableError, Equatable {
    /// There was no whole answer.
    case transport(HTTPError)
    /// The answer was no 2xx; `word` is Slack's name of what is wrong, `after` the `Retry-After`.
    case answered(status: Int, word: String?, after: Duration?)

    /// A notification that arrives twice is better than none.
    var retryAdvice: RetryAdvice {
        switch self {
        case .transport(let error): error.retryAdvice
        case .answered(429, _, let after): .throttled(after: after)
        case .answered(408, _, let after), .answered(500...599, _, let after):
            after.map { .throttled(after: $0) } ?? .transient
        case .answered: .never
        }
    }

    /// In words that follow "the Slack webhook ".
    var words: String {
        switch self {
        case .transport(let error): "could not be told: \(ErrorReport(error).message)"
        case .answered(let status, let word?, _): "answered \(status) (\(word))"
        case .answered(300...399, nil, _): "answered with a redirect, which is not followed"
        case .answered(let status, nil, _): "answered \(status)"
        }
    }

    /// What to do.
    ///
    /// - Parameter source: the option or the variable the URL is from.
    func hint(_ kind: Webhook.Kind, source: String) -> String? {
        switch self {
        case .transport(let error): return ErrorReport(error).hints.first
        case .answered(429, _, _): return "it has too much to read; the next run will tell again"
        case .answered(_, "action_prohibited"?, _): return "an administrator of the workspace has forbidden it"
        case .answered(_, let word?, _) where word.hasPrefix("invalid_") && word != "invalid_token":
            return "this is a defect, please report it"
        case .answered(400...499, _, _) where kind == .slack, .answered(300...399, _, _) where kind == .slack:
            return "make a new incoming webhook for a channel that is there, and put its URL where \(source) has it"
        case .answered(300...499, _, _): return "check the URL that \(source) has"
        case .answered: return nil
        }
    }
}
