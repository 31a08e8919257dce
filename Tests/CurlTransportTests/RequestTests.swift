import Domain
import Testing

@testable import CurlTransport

/// What goes out and what comes back, byte by byte.
struct RequestTests {
    /// One server for all, since each test has a client, and so a connection, of its own.
    private static let shared = Task { try await TestServer("web") }

    private let client: CurlHTTPClient
    private let server: TestServer
    private var base: String { "http://127.0.0.1:\(server.port)" }

    init() async throws {
        server = try await Self.shared.value
        client = try .test()
    }

    /// What the server got, as text.
    private func echo(_ request: HTTPRequest) async throws -> String {
        try await client.send(request).body.exposedText
    }

    @Test func `a GET has the fields given and none that were not asked for`() async throws {
        var request = try HTTPRequest.get("\(base)/echo?a=%20b")
        request.fields = [HTTPField("Authorization", "Bearer abc"), HTTPField("X-Empty", "")]
        #expect(
            try await echo(request) == """
                GET /echo?a=%20b HTTP/1.1\r
                Host: 127.0.0.1:\(server.port)\r
                User-Agent: keyless/test\r
                Accept: */*\r
                Authorization: Bearer abc\r
                X-Empty:\r
                \r

                """)
    }

    @Test func `a POST sends its body as it is, zeros included, and no content type of its own making`() async throws {
        let body = [UInt8](0...255) + Array("action=x&y=z".utf8)
        let url = try HTTPURL("\(base)/echo")
        let answer = try await client.send(HTTPRequest(.post, url, body: Secret(bytes: body), limits: .generous))
        answer.body.withExposedBytes { #expect(Array($0.suffix(body.count)) == body) }
        let head = answer.body.exposedText.lowercased()
        #expect(head.contains("\r\ncontent-length: \(body.count)\r\n"))
        #expect(!head.contains("\r\ncontent-type:"))
        #expect(!head.contains("\r\nexpect:"))
    }

    @Test func `an empty POST says that its length is 0`() async throws {
        let text = try await echo(HTTPRequest(.post, HTTPURL("\(base)/echo"), limits: .generous))
        #expect(text.hasPrefix("POST /echo HTTP/1.1\r\n"))
        #expect(text.contains("\r\nContent-Length: 0\r\n"))
        #expect(!text.contains("Content-Type"))
    }

    @Test(arguments: [HTTPRequest.Method.put, .delete, .post])
    func `methods with a body send it`(method: HTTPRequest.Method) async throws {
        let fields = [HTTPField("Content-Type", "application/json"), HTTPField("Content-Length", "9")]
        let url = try HTTPURL("\(base)/echo")
        let text = try await echo(HTTPRequest(method, url, fields: fields, body: "{}", limits: .generous))
        #expect(text.hasPrefix("\(method.rawValue) /echo HTTP/1.1\r\n"))
        #expect(text.contains("\r\nContent-Type: application/json\r\n"))
        #expect(text.contains("\r\nContent-Length: 2\r\n"))
        #expect(text.hasSuffix("\r\n\r\n{}"))
    }

    @Test func `a DELETE without a body has no length`() async throws {
        let text = try await echo(HTTPRequest(.delete, HTTPURL("\(base)/echo"), limits: .generous))
        #expect(text.hasPrefix("DELETE /echo HTTP/1.1\r\n"))
        #expect(!text.contains("Content-Length"))
    }

    @Test(arguments: ["/echo?x=/../y", "/a/../echo", "/./echo", "//echo", "/a%2Fb?%41=+"])
    func `the path goes out as written`(path: String) async throws {
        #expect(try await echo(.get("\(base)\(path)")).hasPrefix("GET \(path) HTTP/1.1\r\n"))
    }

    @Test func `a large POST and a large answer arrive whole`() async throws {
        let body = [UInt8](repeating: 7, count: 3 << 20)
        let limits = HTTPLimits.generous.with { $0.bodyBytes = 4 << 20 }
        let url = try HTTPURL("\(base)/echo")
        let answer = try await client.send(HTTPRequest(.post, url, body: Secret(bytes: body), limits: limits))
        answer.body.withExposedBytes { #expect($0.suffix(body.count).allSatisfy { $0 == 7 }) }
        #expect(answer.body.count > body.count)

        let bytes = try await client.send(.get("\(base)/bytes?1048576"))
        bytes.body.withExposedBytes { bytes in
            #expect(bytes.count == 1 << 20)
            #expect(bytes.enumerated().allSatisfy { $0 % 256 == $1 })
        }
    }

    @Test(arguments: ["a\r\nX-Injected: 1", "a\nb", "a\rb", "a\0b"])
    func `a field that would begin another line is refused before anything is sent`(value: String) async throws {
        var request = try HTTPRequest.get("\(base)/echo")
        request.fields = [HTTPField("X-Value", Secret(value))]
        let expected = HTTPError.configuration(reason: "the header field X-Value contains a line end")
        #expect(await client.failure(of: request) == expected)
    }

    @Test(arguments: [200, 204, 301, 302, 304, 307, 400, 401, 403, 404, 407, 429, 500, 503])
    func `any status is an answer, and no redirect is followed`(status: Int) async throws {
        let answer = try await client.send(.get("\(base)/status?\(status)"))
        #expect(answer.status == status)
        #expect(answer.body.isEmpty)
        #expect(answer.field("location") == "/echo")
        #expect(answer.field("x-count") == "1")
    }

    @Test func `HEAD has a header and no body`() async throws {
        let answer = try await client.send(HTTPRequest(.head, HTTPURL("\(base)/"), limits: .generous))
        #expect(answer.status == 200)
        #expect(answer.field("content-length") == "0")
    }

    @Test func `an interim answer is passed over with its fields`() async throws {
        let answer = try await client.send(.get("\(base)/interim"))
        #expect(answer.status == 200)
        #expect(answer.body.exposedText == "final")
        #expect(answer.fields.map(\.name) == ["x-connection", "x-count", "content-length"])
    }

    @Test func `chunks are put together and trailers left out`() async throws {
        let answer = try await client.send(.get("\(base)/chunked"))
        #expect(answer.body.exposedText == "abcde")
        #expect(answer.fields.map(\.name) == ["x-connection", "x-count", "transfer-encoding"])
    }

    @Test func `plain http is refused to any host but this one`() async throws {
        let error = await client.failure(of: try .get("http://192.0.2.1:8080/"))
        #expect(error == .untrusted(host: "192.0.2.1:8080", plainHTTP: true))
    }

    @Test(arguments: [
        ("http://169.254.169.254/", HTTPRequest.Purpose.service), ("http://169.254.169.254:8080/", .machineCredentials),
        ("http://169.254.169.253/", .machineCredentials), ("http://192.0.2.1/", .machineCredentials),
    ])
    func `plain http is refused to what is no endpoint of the machine's credentials, or asked for something else`(
        url: String, purpose: HTTPRequest.Purpose
    ) async throws {
        var request = try HTTPRequest.get(url)
        request.purpose = purpose
        let error = await client.failure(of: request)
        #expect(error == .untrusted(host: request.url.authority, plainHTTP: true))
    }
}
