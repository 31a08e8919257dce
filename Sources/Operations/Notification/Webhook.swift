import Domain

/// A URL that takes notifications. Whoever knows it can write there, so it is in no message: its host at most.
struct Webhook: Sendable {
    /// What it understands.
    enum Kind: Sendable, CaseIterable {
        case slack, json

        /// With its article, for messages.
        var name: String { self == .slack ? "the Slack webhook" : "the webhook" }
    }

    let kind: Kind
    /// The option or the variable that it is from.
    let source: String
    private let url: HTTPURL

    /// Slack's own, and that of its cloud for governments.
    static func isSlackHost(_ host: String) -> Bool { ["hooks.slack.com", "hooks.slack-gov.com"].contains(host) }

    /// - Throws: ``ErrorReport`` where the text is no URL.
    init(_ text: Secret, from source: WebhookSource) throws(ErrorReport) {
        (kind, self.source) = (source.kind, source.name)
        guard !text.isEmpty else { throw ErrorReport(source.mistake, "\(source.name) holds no URL: it is empty") }
        do throws(HTTPURL.ParseError) {
            url = try HTTPURL(text.exposedText)
        } catch {
            // What the agent leaves where a variable does not exist.
            let isMacro = text.exposedText.hasPrefix("$(")
            throw ErrorReport(
                source.mistake, "\(source.name) holds no URL: \(error.reason)",
                hints: isMacro ? ["it holds a macro that the agent did not replace: does the variable exist?"] : [])
        }
    }

    /// The host and port, as `--trusted-host` takes them.
    var host: String { "\(url.host.contains(":") ? "[\(url.host)]" : url.host):\(url.effectivePort)" }

    /// - Throws: ``ErrorReport`` where it is at a host that nobody vouches for.
    func check(_ trusted: TrustedHosts) throws(ErrorReport) {
        do throws(HTTPError) {
            try trusted.check(url)
        } catch {
            let host = url.authority
            if case .untrusted(_, plainHTTP: true) = error {
                throw ErrorReport(
                    .usage, "\(kind.name) of \(source) is at \(host) by plain http",
                    hints: ["write https; only a server on this machine may go without, with --trusted-host \(host)"])
            }
            let own = kind == .slack ? "is not Slack's" : "nobody vouches for"
            throw ErrorReport(
                .usage, "\(kind.name) of \(source) is at \(host), which \(own)",
                hints: [
                    kind == .slack
                        ? "Slack's are at hooks.slack.com; if \(host) is yours and takes the same, add "
                            + "--trusted-host \(host)"
                        : "if it is the right one, add --trusted-host \(host)"
                ])
        }
    }

    /// Posts the body once.
    ///
    /// - Throws: ``WebhookFailure``.
    func post(_ json: String, through http: any HTTPClient, limits: HTTPLimits) async throws(WebhookFailure) {
        // An answer is a word.
        var limits = limits
        limits.bodyBytes = 64 * 1024
        let request = HTTPRequest(
            .post, url, fields: [HTTPField("Content-Type", "application/json; charset=utf-8")], body: Secret(json),
            limits: limits)
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await http.send(request)
        } catch {
            throw .transport(error)
        }
        guard !(200..<300).contains(response.status) else { return }
        throw .answered(
            status: response.status, word: kind == .slack ? Self.word(response.body) : nil,
            after: response.field("retry-after").flatMap { UInt32($0) }.map { .seconds($0) })
    }

    /// Slack's name of what is wrong, `no_service`. Anything else might be the URL come back.
    private static func word(_ body: Secret) -> String? {
        let text = body.trimmed().exposedText
        guard 1...60 ~= text.utf8.count, text.utf8.allSatisfy({ $0 == 0x5F || (0x61...0x7A).contains($0) })
        else { return nil }
        return text
    }
}

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
