import Domain
import Foundation
import Testing

@testable import CurlTransport

/// Who is believed to be who, and at what cost.
struct TLSTests {
    private let certificates: Certificates

    init() async throws { certificates = try await Certificates() }

    private func server(_ arguments: String...) async throws -> TestServer {
        let issued = try await certificates.issue()
        return try await TestServer(["web", "--tls", issued.certificate, issued.key] + arguments)
    }

    @Test func `a certificate by the given authority is accepted`() async throws {
        let server = try await server()
        let client = try CurlHTTPClient.test(trusting: certificates.authority)
        for host in ["localhost", "127.0.0.1"] {
            #expect(try await client.send(.get("https://\(host):\(server.port)/echo")).status == 200)
        }
    }

    @Test func `a certificate by an unknown authority is refused`() async throws {
        let server = try await server()
        let error = await (try CurlHTTPClient.test()).failure(of: try .get("https://localhost:\(server.port)/echo"))
        #expect(error?.kind == "tls")
        #expect(error?.retryAdvice == .never)
    }

    @Test(arguments: [("DNS:elsewhere.test", 2), ("DNS:localhost", -1)])
    func `another host's and an expired certificate are refused`(names: String, days: Int) async throws {
        let issued = try await certificates.issue(for: names, days: days)
        let server = try await TestServer("web", "--tls", issued.certificate, issued.key)
        let client = try CurlHTTPClient.test(trusting: certificates.authority)
        #expect(await client.failure(of: try .get("https://localhost:\(server.port)/echo"))?.kind == "tls")
    }

    @Test(arguments: [("1.1", "tls"), ("1.2", nil)])
    func `a server must know TLS 1_2`(newest: String, expected: String?) async throws {
        let server = try await server("--newest-tls", newest)
        let client = try CurlHTTPClient.test(trusting: certificates.authority)
        #expect(await client.failure(of: try .get("https://localhost:\(server.port)/echo"))?.kind == expected)
    }

    @Test(arguments: [("HTTP/1.1 400 Bad Request\r\n\r\n", "tls"), ("", "connectionLost")])
    func `a server without TLS is refused, one that hangs up is only lost`(text: String, kind: String) async throws {
        let server = try await TestServer("say", text)
        let error = await (try CurlHTTPClient.test()).failure(of: try .get("https://localhost:\(server.port)/"))
        #expect(error?.kind == kind)
    }

    @Test func `a missing or useless CA file is named`() async throws {
        let useless = certificates.path("useless.pem")
        try Data("not a certificate".utf8).write(to: URL(filePath: useless))
        let server = try await server()
        for file in [certificates.path("missing.pem"), useless] {
            let client = try CurlHTTPClient.test(trusting: file)
            let error = await client.failure(of: try .get("https://localhost:\(server.port)/"))
            let reason = "the CA file \(file) cannot be read or has no certificate in it"
            #expect(error == .configuration(reason: reason))
        }
    }

    @Test func `the system's directory is enough, and its file is there for what the directory lacks`() async throws {
        let server = try await server()
        let request = try HTTPRequest.get("https://localhost:\(server.port)/echo")
        let other = try await Certificates()
        let (right, wrong) = (try await certificates.hashedDirectory(), try await other.hashedDirectory())
        let places: [(file: String, directory: String, trusted: Bool)] = [
            (other.authority, right, true), (certificates.authority, wrong, true), (other.authority, wrong, false),
            (certificates.path("missing.pem"), right, true),
        ]
        for place in places {
            let client = CurlHTTPClient(
                TransportConfiguration(userAgent: "keyless/test"),
                system: { CertificateAuthorities(file: place.file, directory: place.directory) }, time: SystemTime())
            let errors = await withTaskGroup { group in
                for _ in 0..<5 { group.addTask { await client.failure(of: request) } }
                return await group.reduce(into: []) { $0.append($1?.kind) }
            }
            #expect(errors == Array(repeating: place.trusted ? nil : "tls", count: 5))
        }
    }

    @Test func `a bundle can add to the system's authorities, in whatever order hosts are asked`() async throws {
        let other = try await Certificates()
        let issued = try await other.issue()
        let (ours, theirs) = (
            try await server(), try await TestServer("web", "--tls", issued.certificate, issued.key)
        )
        let directory = try await certificates.hashedDirectory()
        for file in [certificates.authority, nil] {
            var configuration = TransportConfiguration(userAgent: "keyless/test", caBundle: other.authority)
            configuration.keepsSystemAuthorities = true
            let client = CurlHTTPClient(
                configuration, system: { CertificateAuthorities(file: file, directory: directory) }, time: SystemTime())
            for server in [theirs, ours, theirs, ours] {
                #expect(try await client.send(.get("https://localhost:\(server.port)/echo")).status == 200)
            }
        }
    }

    @Test func `warming up opens the connection that the next request uses`() async throws {
        let server = try await server()
        let client = try CurlHTTPClient.test(trusting: certificates.authority)
        let url = try HTTPURL("https://localhost:\(server.port)/echo?token=1")
        await client.warmUp(url, limits: .generous)
        #expect(await server.next { $0.hasPrefix("request") } == "request HEAD /")
        let answer = try await client.send(HTTPRequest(.get, url, limits: .generous))
        #expect(answer.field("x-connection") == "1")
        #expect(answer.field("x-count") == "2")
    }

    @Test func `warming up ends with the time to connect, and does nothing without TLS`() async throws {
        let mute = try await TestServer("mute")
        let client = try CurlHTTPClient.test()
        let limits = HTTPLimits.generous.with { $0.connect = .milliseconds(50) }
        await client.warmUp(try HTTPURL("https://localhost:\(mute.port)/"), limits: limits)
        #expect(await mute.tells(of: "closed 1"))

        let plain = try await TestServer("web")
        await client.warmUp(try HTTPURL("http://127.0.0.1:\(plain.port)/"), limits: .generous)
        let answer = try await client.send(.get("http://127.0.0.1:\(plain.port)/echo"))
        #expect(answer.field("x-count") == "1")
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/nghttpd"), "apt-get install nghttp2-server")
    )
    func `HTTP 2 is spoken with a server that knows nothing else`() async throws {
        let issued = try await certificates.issue()
        let server = try await TestServer("nghttpd", issued.certificate, issued.key)
        let client = try CurlHTTPClient.test(trusting: certificates.authority)
        let base = "https://localhost:\(server.port)"
        await client.warmUp(try HTTPURL(base), limits: .generous)
        let body = Secret(bytes: [UInt8](repeating: 5, count: 100_000))
        let post = HTTPRequest(.post, try HTTPURL("\(base)/echo"), body: body, limits: .generous)
        let counts = try await withThrowingTaskGroup { group in
            for _ in 0..<50 { group.addTask { try await client.send(post).body.count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 100_000, count: 50))

        let answer = try await client.send(.get("\(base)/ca.pem"))
        #expect(answer.status == 200)
        #expect(answer.field("server")?.hasPrefix("nghttpd") == true)
        #expect(answer.body.exposedText == (try String(contentsOfFile: certificates.authority, encoding: .utf8)))
        #expect(try await client.send(.get("\(base)/missing")).status == 404)
    }
}
