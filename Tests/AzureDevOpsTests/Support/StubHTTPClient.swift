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

    private init(_ exchanges: [Exchange]) { state = Mutex((exchanges, [])) }

    /// Lends a client that expects exactly these exchanges, and returns the requests it was sent.
    @discardableResult
    static func expecting(
        _ exchanges: [Exchange], sourceLocation: SourceLocation = #_sourceLocation,
        _ body: (StubHTTPClient) async throws -> Void
    ) async throws -> [HTTPRequest] {
        let client = StubHTTPClient(exchanges)
        try await body(client)
        let (unused, sent) = client.state.withLock { $0 }
        #expect(unused.map(\.url).isEmpty, "nobody asked for these", sourceLocation: sourceLocation)
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
            Issue.record("a request nobody expected: \(request.method.rawValue) \(request.url.text)")
            throw .cannotConnect(host: request.url.host, reason: "the stub has no answer")
        }
        return try next.answer.get()
    }

    func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {}
}
