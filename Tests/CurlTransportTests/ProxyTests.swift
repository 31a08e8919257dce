import Domain
import Foundation
import Testing

@testable import CurlTransport

/// Requests through a CONNECT proxy. `0.0.0.0` leads to this machine without being a loopback address, which is never
/// proxied.
struct ProxyTests {
    private let certificates: Certificates
    private let server: TestServer

    init() async throws {
        certificates = try await Certificates()
        let issued = try await certificates.issue()
        server = try await TestServer("web", "--tls", issued.certificate, issued.key)
    }

    private func proxy(_ arguments: String...) async throws -> TestServer {
        try await TestServer(["proxy", "--target", "\(server.port)"] + arguments)
    }

    private func client(_ environment: [String: String]) throws -> CurlHTTPClient {
        try .test(trusting: certificates.authority, proxy: environment)
    }

    @Test func `a name only the proxy knows is reached through it, and the tunnel is reused`() async throws {
        let proxy = try await proxy()
        let client = try client(["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"])
        for number in 1...3 {
            let answer = try await client.send(.get("https://service.test/echo"))
            #expect(answer.field("x-connection") == "1")
            #expect(answer.field("x-count") == "\(number)")
            #expect(answer.field("x-proxy") == nil)
        }
        #expect(await proxy.next { _ in true } == "CONNECT service.test:443 HTTP/1.1 -")
    }

    @Test func `credentials go to the proxy, and the request's own fields do not`() async throws {
        let proxy = try await proxy()
        let client = try client([
            "AGENT_PROXYURL": "http://127.0.0.1:\(proxy.port)/", "AGENT_PROXYUSERNAME": "build",
            "AGENT_PROXYPASSWORD": "p:ss w@rd",
        ])
        var request = try HTTPRequest.get("https://service.test:8443/echo")
        request.fields = [HTTPField("Proxy-Authorization-Like", "secret")]
        let answer = try await client.send(request).body.exposedText
        let credentials = Data("build:p:ss w@rd".utf8).base64EncodedString()
        #expect(await proxy.next { _ in true } == "CONNECT service.test:8443 HTTP/1.1 Basic \(credentials)")
        #expect(!answer.contains(credentials))
    }

    @Test func `hosts that bypass the proxy and loopback addresses are reached directly`() async throws {
        let proxy = try await proxy()
        let url = "http://user:secret@127.0.0.1:\(proxy.port)"
        let direct = try client(["HTTPS_PROXY": url, "NO_PROXY": "0.0.0.0/8"])
        #expect(try await direct.send(.get("https://0.0.0.0:\(server.port)/echo")).status == 200)
        #expect(try await direct.send(.get("https://localhost:\(server.port)/echo")).status == 200)
        // Had one of those gone through it, the proxy would have told of it first.
        #expect(try await direct.send(.get("https://service.test/echo")).status == 200)
        #expect(await proxy.next { $0.hasPrefix("CONNECT") }?.hasPrefix("CONNECT service.test:443") == true)
    }

    @Test func `the machine's own endpoints are asked directly`() async throws {
        let proxy = try await proxy()
        let url = "http://127.0.0.1:\(proxy.port)"
        let client = try client(["HTTPS_PROXY": url, "http_proxy": url, "ALL_PROXY": url])
        // Whether anybody answers at that address is the network's affair; the proxy must not hear of it.
        let limits = HTTPLimits.generous.with { $0.total = .milliseconds(200) }
        var request = try HTTPRequest.get("http://169.254.170.23/v1/credentials", limits: limits)
        request.purpose = .machineCredentials
        let error = await client.failure(of: request)
        #expect(error?.kind != "untrusted" && error?.kind != "proxy")
        #expect(try await client.send(.get("https://service.test/echo")).status == 200)
        #expect(await proxy.next { _ in true } == "CONNECT service.test:443 HTTP/1.1 -")
    }

    @Test(arguments: [407, 403, 502])
    func `a proxy that refuses is told with its status and without its password`(status: Int) async throws {
        let proxy = try await proxy("--refuse", "\(status)")
        let client = try client(["HTTPS_PROXY": "http://user:hidden@127.0.0.1:\(proxy.port)"])
        let error = await client.failure(of: try .get("https://service.test/echo"))
        let reason = "127.0.0.1:\(proxy.port) refused to connect to service.test, with status \(status)"
        #expect(error == .proxy(reason: reason))
    }

    @Test func `a proxy that hangs up, is not there or has no address is the proxy's failure`() async throws {
        let gone = try await proxy()
        let port = gone.port
        _ = consume gone
        let hangingUp = try await proxy("--hang-up")
        for address in [
            "127.0.0.1:\(hangingUp.port)", "127.0.0.1:\(port)", "\(String(repeating: "a", count: 64)).invalid",
        ] {
            let client = try client(["HTTPS_PROXY": "http://user:hidden@\(address)"])
            let error = await client.failure(of: try .get("https://service.test/echo"))
            #expect(error?.kind == "proxy")
            #expect(error.map { "\($0)".contains("hidden") } == false)
        }
    }

    @Test func `a certificate that is wrong behind the proxy is the server's failure`() async throws {
        let proxy = try await proxy()
        let client = try client(["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"])
        #expect(await client.failure(of: try .get("https://other.test/echo"))?.kind == "tls")
    }

    @Test func `a proxy that never answers runs out of the time to connect`() async throws {
        let mute = try await TestServer("mute")
        let client = try client(["HTTPS_PROXY": "http://127.0.0.1:\(mute.port)"])
        let limits = HTTPLimits.generous.with { $0.connect = .milliseconds(50) }
        let error = await client.failure(of: try .get("https://service.test/echo", limits: limits))
        #expect(error == .timedOut(host: "service.test", phase: .connect))
    }

    #if compiler(>=6.2)
        @Test func `libcurl itself reads no proxy variable`() async throws {
            await #expect(processExitsWith: .success) {
                for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy"] {
                    setenv(name, "http://127.0.0.1:1", 1)
                }
                let tests = try await ProxyTests()
                let direct = try tests.client([:])
                #expect(try await direct.send(.get("https://0.0.0.0:\(tests.server.port)/echo")).status == 200)

                for name in ["no_proxy", "NO_PROXY"] { setenv(name, "*", 1) }
                let proxy = try await tests.proxy()
                let client = try tests.client(["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"])
                #expect(try await client.send(.get("https://service.test/echo")).status == 200)
            }
        }
    #endif
}
