import Domain
import Foundation
import Testing

@testable import CredentialServer

/// What is not answered with credentials. Each time the answer arrives whole, and then the connection ends.
struct RefusalTests {
    typealias Request = @Sendable (TestServer) -> String

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: String
        let code: String
        let request: Request

        init(_ description: String, _ status: String, _ code: String, _ request: @escaping Request) {
            (testDescription, self.status, self.code, self.request) = (description, status, code, request)
        }

        static func unauthorized(_ description: String, _ request: @escaping Request) -> Case {
            Case(description, "401 Unauthorized", "Unauthorized", request)
        }

        static func forbidden(_ description: String, _ request: @escaping Request) -> Case {
            Case(description, "403 Forbidden", "Forbidden", request)
        }

        static func malformed(_ description: String, _ request: @escaping Request) -> Case {
            Case(description, "400 Bad Request", "BadRequest", request)
        }

        static func tooLarge(_ description: String, _ request: @escaping Request) -> Case {
            Case(description, "431 Request Header Fields Too Large", "RequestHeaderFieldsTooLarge", request)
        }
    }

    static let unauthorized: [Case] =
        [
            .unauthorized("no token") { $0.request(token: nil) },
            .unauthorized("an empty token") { $0.request(token: "") },
            .unauthorized("a wrong token") { $0.request(token: String(TestServer.token.reversed())) },
            .unauthorized("a shorter token") { $0.request(token: String(TestServer.token.dropLast())) },
            .unauthorized("a longer token") { $0.request(token: TestServer.token + "0") },
            .unauthorized("the token behind a scheme") { $0.request(token: "Bearer \(TestServer.token)") },
            .unauthorized("the token twice") { $0.request("GET /role/deploy", "Authorization: \(TestServer.token)") },
            .unauthorized("a wrong token and the right one") {
                $0.request(token: "x", "Authorization: \(TestServer.token)")
            },
            .unauthorized("the token in the path") {
                $0.request("GET /role/deploy?token=\(TestServer.token)", token: nil)
            },
            .unauthorized("an unknown path without a token") { $0.request("GET /role/other", token: nil) },
            .unauthorized("another method without a token") { $0.request("PUT /role/deploy", token: nil) },
        ]

    static let forbidden: [Case] =
        [
            .forbidden("another host") { $0.request(host: "attacker.example:\($0.port)") },
            .forbidden("another host that begins the same") {
                $0.request(host: "127.0.0.1.attacker.example:\($0.port)")
            },
            .forbidden("another port") { $0.request(host: "127.0.0.1:\($0.port + 1)") },
            .forbidden("another host without a port") { $0.request(host: "attacker.example") },
            .forbidden("an empty port") { $0.request(host: "127.0.0.1:") },
            .forbidden("another loopback address") { $0.request(host: "127.0.0.2:\($0.port)") },
            .forbidden("an empty host") { $0.request(host: "") },
            .forbidden("no host") { _ in
                "GET /role/deploy HTTP/1.1\r\nAuthorization: \(TestServer.token)\r\n\r\n"
            },
            .forbidden("the host twice") { $0.request("GET /role/deploy", "Host: 127.0.0.1:\($0.port)") },
            .forbidden("this host and another") { $0.request("GET /role/deploy", "Host: attacker.example") },
            .forbidden("another host without a token") { $0.request(host: "attacker.example", token: nil) },
        ]
        + [
            "Origin: http://attacker.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors",
            "Sec-Fetch-Dest: image", "Forwarded: for=192.0.2.1", "X-Forwarded-For: 192.0.2.1",
            "X-Forwarded-Host: 127.0.0.1", "X-Forwarded-Proto: http", "x-real-ip: 192.0.2.1", "Via: 1.1 proxy",
        ].map { field in Case(field, "403 Forbidden", "Forbidden") { $0.request("GET /role/deploy", field) } }

    static let notFound: [Case] = [
        "/role/other", "/", "/role/deploy/", "//role/deploy", "/role/%64eploy", "/role/deploy?a=b",
        "/role/../role/deploy",
        "http://127.0.0.1/role/deploy", "*",
    ].map { path in Case("GET \(path)", "404 Not Found", "NotFound") { $0.request("GET \(path)") } }

    static let otherMethods: [Case] = ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "QUERY"].map { method in
        Case(method, "405 Method Not Allowed", "MethodNotAllowed") { $0.request("\(method) /role/deploy") }
    }

    static let malformed: [Case] =
        [
            .malformed("a body") { $0.request("GET /role/deploy", "Content-Length: 4", body: "body") },
            .malformed("a body in pieces") {
                $0.request("GET /role/deploy", "Transfer-Encoding: chunked", body: "0\r\n\r\n")
            },
            .malformed("a body that is announced") {
                $0.request("GET /role/deploy", "Content-Length: 4", "Expect: 100-continue")
            },
            .malformed("two lengths") { $0.request("GET /role/deploy", "Content-Length: 0", "Content-Length: 0") },
            .malformed("a negative length") { $0.request("GET /role/deploy", "Content-Length: -1") },
            .malformed("HTTP/2 known beforehand") { _ in "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" },
            .malformed("HTTP/2.0") { $0.request(version: "HTTP/2.0") },
            .malformed("HTTP/0.9") { _ in "GET /role/deploy\r\n\r\n" },
            .malformed("no HTTP") { _ in "these are not the words\r\n\r\n" },
            .malformed("a space before a colon") { $0.request("GET /role/deploy", "Origin : x") },
            .malformed("a zero byte") { $0.request("GET /role/deploy", "X: a\0b") },
            .malformed("a line break alone in a value") { $0.request("GET /role/deploy", "X: a\rb") },
        ]

    static let tooLarge: [Case] =
        [
            .tooLarge("a long field") { $0.request("GET /role/deploy", "X: \(String(repeating: "x", count: 9000))") },
            .tooLarge("a long token") { $0.request(token: String(repeating: "x", count: 200_000)) },
            .tooLarge("a long name") { $0.request("GET /role/deploy", "\(String(repeating: "x", count: 9000)): x") },
            .tooLarge("many fields") {
                $0.request("GET /role/deploy", (0..<100).map { "X-\($0): x" }.joined(separator: "\r\n"))
            },
            .tooLarge("much in several fields") {
                $0.request(
                    "GET /role/deploy",
                    (0..<9).map { "X-\($0): \(String(repeating: "x", count: 1000))" }.joined(separator: "\r\n"))
            },
            .tooLarge("a long path") { $0.request("GET /\(String(repeating: "x", count: 9000))") },
        ]

    @Test(arguments: unauthorized + forbidden + notFound + otherMethods + malformed + tooLarge)
    func `is refused, and told why`(_ refusal: Case) async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            try await connection.send(refusal.request(server))
            let answer = try await connection.answer()
            #expect(answer.statusLine == "HTTP/1.1 \(refusal.status)")
            #expect(answer.json["code"] == refusal.code)
            #expect(answer.json["message"]?.isEmpty == false)
            #expect(answer.endsConnection)
            #expect(answer.fields.contains("Allow: GET") == (answer.code == 405))
            #expect(!answer.text.contains("AccessKeyId") && !answer.text.contains(TestServer.token))
            #expect(try await connection.rest() == "")
        }
    }

    @Test func `HEAD is refused without a body`() async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            try await connection.send(server.request("HEAD /role/deploy"))
            let answer = try await connection.answer(hasBody: false)
            #expect(answer.code == 405)
            #expect(try await connection.rest() == "")
        }
    }

    @Test func `a client that speaks TLS is told in words that end the connection`() async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            // The beginning of a ClientHello; the rest of it is not needed to see that this is no HTTP.
            try await connection.send(
                [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03] + (0..<500).map { UInt8($0 & 0xFF) })
            #expect(try await connection.answer().code == 400)
            #expect(try await connection.rest() == "")
        }
    }

    @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7])
    func `random bytes are refused`(seed: UInt64) async throws {
        var state = seed &+ 0x9E37_79B9_7F4A_7C15
        let bytes = (0..<5000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 56)
        }
        try await TestServer.run { server in
            let connection = try server.connect()
            try await connection.send(bytes)
            #expect(try await connection.answer().code == 400)
            #expect(try await connection.rest() == "")
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost", "LOCALHOST"])
    func `the names of this host are known, with its port and without`(name: String) async throws {
        try await TestServer.run { server in
            for host in ["\(name):\(server.port)", name] {
                let connection = try server.connect()
                try await connection.send(server.request(host: host))
                #expect(try await connection.answer().code == 200)
            }
        }
    }
}
