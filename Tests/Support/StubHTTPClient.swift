package import Domain
import Synchronization
import Testing

/// Answers the requests that it was told to expect, in that order. A request that is not the next one fails the test, and
/// so does an answer that nobody asked for.
package final class StubHTTPClient: HTTPClient {
    /// One request that is to come, and what it is answered with.
    package struct Exchange: Sendable {
        fileprivate let method: HTTPRequest.Method?
        fileprivate let url: String?
        fileprivate let check: @Sendable (HTTPRequest) throws -> Void
        fileprivate let answer: Result<HTTPResponse, HTTPError>

        /// - Parameters:
        ///   - method: the request's; any without.
        ///   - url: the request's; any without.
        ///   - check: looks at all else. What it throws fails the test.
        package init(
            _ method: HTTPRequest.Method? = nil, _ url: String? = nil, answer: Result<HTTPResponse, HTTPError>,
            check: @escaping @Sendable (HTTPRequest) throws -> Void = { _ in }
        ) {
            (self.method, self.url, self.check, self.answer) = (method, url, check, answer)
        }

        fileprivate func isFor(_ request: HTTPRequest) -> Bool {
            (method == nil || method == request.method) && (url == nil || url == request.url.text)
        }
    }

    private let state: Mutex<(expected: [Exchange], sent: [HTTPRequest])>
    private let fail: @Sendable (String) -> Void

    /// A client whose answers need not all be asked for.
    ///
    /// - Parameter fail: told of a request that nobody expected; fails the test.
    package init(
        _ exchanges: [Exchange] = [], fail: @escaping @Sendable (String) -> Void = { Issue.record("\($0)") }
    ) {
        state = Mutex((exchanges, []))
        self.fail = fail
    }

    /// Lends a client that expects exactly these exchanges.
    ///
    /// - Parameter fail: told of a request that nobody expected and of an answer that nobody asked for; fails the test.
    @discardableResult
    package static func expecting<Value>(
        _ exchanges: [Exchange], fail: @escaping @Sendable (String) -> Void = { Issue.record("\($0)") },
        _ body: (StubHTTPClient) async throws -> Value
    ) async rethrows -> Value {
        let client = StubHTTPClient(exchanges, fail: fail)
        defer {
            for exchange in client.state.withLock(\.expected) {
                fail("nobody asked for \(exchange.url ?? "\(exchange.answer)")")
            }
        }
        return try await body(client)
    }

    /// Every request so far, in order.
    package var sent: [HTTPRequest] { state.withLock { $0.sent } }

    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let next = state.withLock { state -> Exchange? in
            state.sent.append(request)
            guard let next = state.expected.first, next.isFor(request) else { return nil }
            return state.expected.removeFirst()
        }
        guard let next else {
            fail("a request nobody expected: \(request.method.rawValue) \(request.url.text)")
            throw .configuration(reason: "the stub has no answer")
        }
        do { try next.check(request) } catch { fail("\(error)") }
        return try next.answer.get()
    }

    package func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {}
}

extension StubHTTPClient.Exchange {
    /// Any request, answered with this.
    package static func answer(
        _ status: Int, _ body: Secret = "", fields: [(name: String, value: String)] = [],
        check: @escaping @Sendable (HTTPRequest) throws -> Void = { _ in }
    ) -> Self {
        Self(answer: .success(HTTPResponse(status: status, fields: fields, body: body)), check: check)
    }

    /// An attempt, whatever it is for, that brings no answer.
    package static func failure(_ error: HTTPError) -> Self { Self(answer: .failure(error)) }
}
