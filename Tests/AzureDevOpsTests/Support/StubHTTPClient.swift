import Domain
import Synchronization
import Testing

/// Answers requests from a list, in order. A request that is not the next one of the list fails the test, and so does
/// an answer that nobody asked for.
final class StubHTTPClient: HTTPClient {
    /// One request that is to come, and what it is answered with.
    struct Exchange: Sendable {
        let method: HTTPRequest.Method
        let url: String
        let answer: Result<HTTPResponse, HTTPError>

        static func post(_ url: String, _ answer: Result<HTTPResponse, HTTPError>) -> Exchange {
            Exchange(method: .post, url: url, answer: answer)
        }

        static func post(
            _ url: String, status: Int, _ fields: [(name: String, value: String)] = [], body: Secret
        ) -> Exchange {
            post(url, .success(HTTPResponse(status: status, fields: fields, body: body)))
        }
    }

    private let state: Mutex<(expected: [Exchange], sent: [HTTPRequest])>
    private let fail: @Sendable (String) -> Void

    private init(_ exchanges: [Exchange], _ fail: @escaping @Sendable (String) -> Void) {
        state = Mutex((exchanges, []))
        self.fail = fail
    }

    /// Lends a client that expects exactly these exchanges, and returns the requests it was sent.
    ///
    /// - Parameter fail: told of a request that nobody expected and of an answer that nobody asked for; fails the test.
    @discardableResult
    static func expecting(
        _ exchanges: [Exchange], fail: @escaping @Sendable (String) -> Void = { Issue.record("\($0)") },
        _ body: (StubHTTPClient) async throws -> Void
    ) async throws -> [HTTPRequest] {
        let client = StubHTTPClient(exchanges, fail)
        try await body(client)
        let (unused, sent) = client.state.withLock { $0 }
        for exchange in unused { fail("nobody asked for \(exchange.url)") }
        return sent
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let next = state.withLock { state -> Exchange? in
            state.sent.append(request)
            guard let next = state.expected.first, next.method == request.method, next.url == request.url.text else {
                return nil
            }
            return state.expected.removeFirst()
        }
        guard let next else {
            fail("a request nobody expected: \(request.method.rawValue) \(request.url.text)")
            throw .cannotConnect(host: request.url.host, reason: "the stub has no answer")
        }
        return try next.answer.get()
    }

    func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {}
}
