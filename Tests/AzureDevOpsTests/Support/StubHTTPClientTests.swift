import Domain
import Testing

@Suite("The stub client")
struct StubHTTPClientTests {
    private let limits = HTTPLimits(total: .seconds(1))

    @Test("fails a test that sends what is not expected")
    func unmatched() async throws {
        let url = try HTTPURL("https://dev.azure.com/b")
        try await withKnownIssue {
            try await StubHTTPClient.expecting([.post("https://dev.azure.com/a", status: 200, body: "")]) { client in
                _ = try await client.send(HTTPRequest(.post, url, limits: limits))
            }
        } matching: { issue in
            issue.error is HTTPError || issue.comments.contains { $0.rawValue.contains("https://dev.azure.com/b") }
        }
    }

    @Test("fails a test that leaves an answer unused")
    func unused() async {
        await withKnownIssue {
            try await StubHTTPClient.expecting([.post("https://dev.azure.com/a", status: 200, body: "")]) { _ in }
        }
    }
}
