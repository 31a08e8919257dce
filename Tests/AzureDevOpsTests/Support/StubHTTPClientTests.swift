import Domain
import Synchronization
import Testing

@Suite("The stub client")
struct StubHTTPClientTests {
    private let url = "https://dev.azure.com/a"

    /// What the stub had to complain about, where that URL was expected and these were sent.
    private func complaints(sending urls: [String]) async throws -> [String] {
        let complaints = Mutex<[String]>([])
        try await StubHTTPClient.expecting(
            [.post(url, status: 200, body: "")], fail: { text in complaints.withLock { $0.append(text) } }
        ) { client in
            for text in urls {
                _ = try? await client.send(
                    HTTPRequest(.post, try HTTPURL(text), limits: HTTPLimits(total: .seconds(1))))
            }
        }
        return complaints.withLock { $0 }
    }

    @Test("has nothing to say where it is sent what is expected")
    func matched() async throws {
        #expect(try await complaints(sending: [url]) == [])
    }

    @Test("fails a test that sends what is not expected")
    func unmatched() async throws {
        let other = "https://dev.azure.com/b"
        #expect(
            try await complaints(sending: [other, url]) == ["a request nobody expected: POST \(other)"])
    }

    @Test("fails a test that leaves an answer unused")
    func unused() async throws {
        #expect(try await complaints(sending: []) == ["nobody asked for \(url)"])
    }
}
