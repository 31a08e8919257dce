import Domain
import Foundation
import Testing

@testable import CurlTransport

/// What an answer tells of the certificates that the server presented.
struct CertificateTests {
    private let certificates: Certificates
    /// Leaf, lower and upper intermediate, authority.
    private let chain: [String]
    private let key: String

    init() async throws {
        certificates = try await Certificates()
        (chain, key) = try await certificates.issueChain()
    }

    private func server(presenting count: Int, _ arguments: String...) async throws -> TestServer {
        try await TestServer(["web", "--tls", try certificates.bundle(Array(chain.prefix(count))), key] + arguments)
    }

    private func request(_ url: String, limits: HTTPLimits = .generous) throws -> HTTPRequest {
        var request = try HTTPRequest.get(url, limits: limits)
        request.capturesCertificates = true
        return request
    }

    /// Everything is trusted here, so a chain that is cut short verifies, and verifying builds a longer one.
    private func trustingClient(proxy: [String: String] = [:]) throws -> CurlHTTPClient {
        try .test(trusting: try certificates.bundle(chain), proxy: proxy)
    }

    @Test(arguments: [1, 2, 3, 4])
    func `they are what the server presented, not what they were verified by`(count: Int) async throws {
        let server = try await server(presenting: count)
        let answer = try await trustingClient().send(request("https://localhost:\(server.port)/echo"))
        #expect(answer.certificates == chain.prefix(count).joined())
        #expect(answer.certificates == (try await certificates.presented(on: server.port).joined()))
        #expect(answer.body.exposedText.hasPrefix("GET /echo"))
    }

    @Test(arguments: [["--newest-tls", "1.2"], []])
    func `asking for them takes a connection and a handshake of its own`(arguments: [String]) async throws {
        let file = try certificates.bundle(chain)
        let server = try await TestServer(["web", "--tls", file, key] + arguments)
        let client = try trustingClient()
        let url = "https://localhost:\(server.port)/echo"
        let requests = [try HTTPRequest.get(url), try request(url), try request(url), try HTTPRequest.get(url)]
        var answers: [HTTPResponse] = []
        for request in requests { answers.append(try await client.send(request)) }
        #expect(answers.map { $0.field("x-connection") } == ["1", "2", "3", "1"])
        #expect(answers.map { $0.field("x-resumed") } == ["False", "False", "False", "False"])
        #expect(answers.map(\.certificates) == ["", chain.joined(), chain.joined(), ""])
    }

    @Test func `they come through a proxy, from the server behind it`() async throws {
        let server = try await server(presenting: 3)
        let proxy = try await TestServer("proxy", "--target", "\(server.port)")
        let client = try trustingClient(proxy: ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"])
        let answer = try await client.send(request("https://service.test/echo"))
        #expect(answer.certificates == chain.prefix(3).joined())
        #expect(await proxy.next { _ in true } == "CONNECT service.test:443 HTTP/1.1 -")
    }

    @Test func `asking for them does not make a certificate good`() async throws {
        let server = try await server(presenting: 3)
        let untrusting = try CurlHTTPClient.test()
        #expect(await untrusting.failure(of: try request("https://localhost:\(server.port)/echo"))?.kind == "tls")
        for (names, days) in [("DNS:elsewhere.test", 2), ("DNS:localhost", -1)] {
            let issued = try await certificates.issue(for: names, days: days)
            let server = try await TestServer("web", "--tls", issued.certificate, issued.key)
            let url = "https://localhost:\(server.port)/echo"
            #expect(await (try trustingClient()).failure(of: try request(url))?.kind == "tls")
        }
    }

    @Test func `plain http has none`() async throws {
        let server = try await TestServer("web")
        let answer = try await trustingClient().send(request("http://127.0.0.1:\(server.port)/echo"))
        #expect(answer.status == 200)
        #expect(answer.certificates.isEmpty)
    }
}
