import Domain
import Synchronization
import Testing

@Suite("Trusted hosts")
struct TrustedHostsTests {
    private static let named = [
        "Devops.Example", "ported.example:8443", "standard.example:443", "127.0.0.1:5000", "localhost", "[::1]",
        "10.0.0.1",
    ]
    private let hosts = TrustedHosts(named: named) { $0 == "dev.azure.com" || $0.hasSuffix(".visualstudio.com") }

    @Test(
        "may be given a secret",
        arguments: [
            "https://dev.azure.com/org", "https://DEV.Azure.Com/", "https://dev.azure.com:443/",
            "https://org.visualstudio.com/", "https://a.b.visualstudio.com/", "https://ORG.VisualStudio.COM/",
            "https://devops.example/", "https://DEVOPS.example:9000/", "https://ported.example:8443/",
            "https://standard.example/", "https://standard.example:443/", "https://127.0.0.1:5000/",
            "http://127.0.0.1:5000/", "http://localhost/", "http://localhost:1234/", "http://[::1]/",
            "http://[::1]:80/",
            "http://[::1]:8080/",
        ])
    func trusts(text: String) throws {
        try hosts.check(try HTTPURL(text))
    }

    @Test(
        "are not those that look alike",
        arguments: [
            "https://evildev.azure.com/", "https://dev.azure.com.evil.example/", "https://dev-azure.com/",
            "https://azure.com/",
            "https://xdev.azure.com/", "https://a.dev.azure.com/", "https://dev.azure.co/", "https://dev.azure.com./",
            "https://xvisualstudio.com/", "https://visualstudio.com/", "https://org.visualstudio.com./",
            "https://org.visualstudio.com.evil.example/", "https://evil.example/.visualstudio.com",
            "https://evil.example/?dev.azure.com", "https://dev.azure.com:8443/", "https://org.visualstudio.com:8443/",
            "https://dev.azure.com:80/", "https://sub.devops.example/", "https://ported.example/",
            "https://ported.example:8444/", "https://standard.example:8443/", "https://127.0.0.1/",
            "https://127.0.0.2:5000/",
        ])
    func distrusts(text: String) throws {
        let url = try HTTPURL(text)
        #expect(throws: HTTPError.untrusted(host: url.authority, plainHTTP: false)) { try hosts.check(url) }
    }

    @Test(
        "are reached by plain http only on a loopback address that was named",
        arguments: [
            "http://dev.azure.com/", "http://org.visualstudio.com/", "http://devops.example/",
            "http://standard.example:443/",
            "http://10.0.0.1/", "http://127.0.0.1/", "http://127.0.0.1:5001/", "http://127.0.0.2:5000/",
            "http://[::2]/",
            "http://localhost.evil.example/",
        ])
    func plain(text: String) throws {
        let url = try HTTPURL(text)
        #expect(throws: HTTPError.untrusted(host: url.authority, plainHTTP: true)) { try hosts.check(url) }
    }

    @Test("need not be named one by one for plain http to be refused on loopback")
    func unnamedLoopback() throws {
        let none = TrustedHosts(named: []) { $0 == "localhost" }
        #expect(throws: HTTPError.untrusted(host: "localhost", plainHTTP: true)) {
            try none.check(try HTTPURL("http://localhost/"))
        }
    }

    @Test("are all that a trusted client sends to")
    func client() async throws {
        let base = Recorder()
        let client = TrustedHTTPClient(base, trusted: hosts)
        let limits = HTTPLimits(total: .seconds(1))
        let (good, bad) = (try HTTPURL("https://dev.azure.com/a"), try HTTPURL("https://evil.example/b"))

        _ = try await client.send(HTTPRequest(.get, good, limits: limits))
        await client.warmUp(good, limits: limits)
        await #expect(throws: HTTPError.untrusted(host: "evil.example", plainHTTP: false)) {
            try await client.send(HTTPRequest(.get, bad, limits: limits))
        }
        await client.warmUp(bad, limits: limits)

        #expect(base.log.withLock { $0 } == ["send https://dev.azure.com/a", "warm https://dev.azure.com/a"])
    }

    private func request(_ url: String, _ purpose: HTTPRequest.Purpose) throws -> HTTPRequest {
        var request = HTTPRequest(.get, try HTTPURL(url), limits: HTTPLimits(total: .seconds(1)))
        request.purpose = purpose
        return request
    }

    @Test(
        "are the machine's own endpoints, for a request for its credentials alone",
        arguments: [
            "http://169.254.170.2/v2/credentials?id=1", "http://169.254.170.23/v1/credentials",
            "http://[fd00:ec2::23]/v1/credentials", "http://[FD00:EC2::254]:80/latest/api/token",
            "http://169.254.169.254/latest/api/token",
        ])
    func machineEndpoint(url: String) async throws {
        let base = Recorder()
        let client = TrustedHTTPClient(base, trusted: hosts)
        _ = try await client.send(try request(url, .machineCredentials))
        #expect(base.log.withLock { $0.count } == 1)
        let service = try request(url, .service)
        await #expect(throws: HTTPError.untrusted(host: service.url.authority, plainHTTP: true)) {
            try await client.send(service)
        }
    }

    @Test(
        "are no other addresses, whatever the request is for",
        arguments: [
            "http://169.254.170.2:8080/", "http://169.254.170.22/", "http://169.254.170.3/", "http://169.254.169.253/",
            "http://169.254.0.1/", "http://169.254.170.2.evil.example/", "http://0169.254.170.2/",
            "http://[fd00:ec2::24]/", "http://[fd00:ec2:0::23]/", "http://[::ffff:169.254.170.2]/", "http://10.0.0.1/",
            "http://127.0.0.1/", "http://127.0.0.1:5001/", "http://dev.azure.com/", "http://metadata/",
            "https://169.254.169.254/", "https://169.254.170.2/", "https://[fd00:ec2::23]/", "https://evil.example/",
        ])
    func noMachineEndpoint(url: String) throws {
        let request = try request(url, .machineCredentials)
        let isPlain = request.url.scheme == .http
        #expect(throws: HTTPError.untrusted(host: request.url.authority, plainHTTP: isPlain)) {
            try hosts.check(request)
        }
    }

    private final class Recorder: HTTPClient {
        let log = Mutex<[String]>([])

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            log.withLock { $0.append("send \(request.url.text)") }
            return HTTPResponse(status: 200, fields: [], body: "")
        }

        func warmUp(_ url: HTTPURL, limits: HTTPLimits) async { log.withLock { $0.append("warm \(url.text)") } }
    }
}
