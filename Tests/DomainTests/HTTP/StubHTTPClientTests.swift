import Domain
import Synchronization
import TestSupport
import Testing

@Suite("The stub client")
struct StubHTTPClientTests {
    private let url = "https://dev.azure.com/a"

    /// What the stub had to complain about, where that URL was expected and these were sent.
    private func complaints(sending urls: [String]) async -> [String] {
        let complaints = Mutex<[String]>([])
        await StubHTTPClient.expecting(
            [.init(.post, url, answer: .success(HTTPResponse(status: 200, fields: [], body: "")))],
            fail: { text in complaints.withLock { $0.append(text) } }
        ) { client in
            for text in urls {
                _ = try? await client.send(
                    HTTPRequest(.post, try HTTPURL(text), limits: HTTPLimits(total: .seconds(1))))
            }
        }
        return complaints.withLock { $0 }
    }

    @Test("has nothing to say where it is sent what is expected")
    func matched() async {
        #expect(await complaints(sending: [url]) == [])
    }

    @Test("fails a test that sends what is not expected")
    func unmatched() async {
        let other = "https://dev.azure.com/b"
        #expect(
            await complaints(sending: [other, url]) == ["a request nobody expected: POST \(other)"])
    }

    @Test("fails a test that leaves an answer unused")
    func unused() async {
        #expect(await complaints(sending: []) == ["nobody asked for \(url)"])
    }
}
