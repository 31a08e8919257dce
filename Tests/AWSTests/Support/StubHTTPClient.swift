import Domain
import Synchronization
import Testing

/// Answers the requests it was told to expect, in that order. A request too many fails the test, and so does an
/// exchange nobody asked for.
final class StubHTTPClient: HTTPClient {
    struct Exchange: Sendable {
        let check: @Sendable (HTTPRequest) throws -> Void
        let answer: Result<HTTPResponse, HTTPError>
    }

    private let expected: Mutex<[Exchange]>

    private init(_ expected: [Exchange]) { self.expected = Mutex(expected) }

    /// Runs `body` with a client that expects exactly these exchanges.
    static func expecting<Value>(
        _ exchanges: [Exchange], _ body: (StubHTTPClient) async throws -> Value
    ) async rethrows -> Value {
        let client = StubHTTPClient(exchanges)
        defer { client.expected.withLock { if !$0.isEmpty { Issue.record("\($0.count) exchanges were not used") } } }
        return try await body(client)
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        guard let exchange = expected.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
            Issue.record("a request nobody expected: \(request.method.rawValue) \(request.url.text)")
            throw .configuration(reason: "no exchange is left")
        }
        do { try exchange.check(request) } catch { Issue.record(error) }
        return try exchange.answer.get()
    }

    func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {}
}

extension StubHTTPClient.Exchange {
    /// Any request, answered with this.
    static func answer(
        _ status: Int, _ body: Secret = "", fields: [(name: String, value: String)] = [],
        check: @escaping @Sendable (HTTPRequest) throws -> Void = { _ in }
    ) -> Self {
        Self(check: check, answer: .success(HTTPResponse(status: status, fields: fields, body: body)))
    }
}
