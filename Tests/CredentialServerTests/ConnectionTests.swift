import Foundation
import Glibc
import Testing

@testable import CredentialServer

/// How connections are kept and ended.
struct ConnectionTests {
    @Test func `a connection stays for request after request`() async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            for _ in 0..<100 {
                try await connection.send(server.request())
                let answer = try await connection.answer()
                #expect(answer.code == 200 && !answer.endsConnection)
            }
        }
    }

    @Test func `requests that do not wait for the answers are all answered, in order`() async throws {
        try await TestServer.run { server in
            await server.server.offer(.test("other"), at: "/role/other")
            let connection = try server.connect()
            async let sent: Void = connection.send(
                String(repeating: server.request() + server.request("GET /role/other"), count: 1000)
                    + server.request("GET /role/none") + server.request())
            for _ in 0..<1000 {
                #expect(try await connection.answer().json["Token"] == "IQoJ")
                #expect(try await connection.answer().json["Token"] == "other")
            }
            // The first that is refused is the last that is answered.
            #expect(try await connection.answer().code == 404)
            try await sent
            #expect(try await connection.rest() == "")
        }
    }

    @Test func `a request may come byte by byte`() async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            for byte in server.request().utf8 { try await connection.send([byte]) }
            #expect(try await connection.answer().code == 200)
        }
    }

    @Test(arguments: [
        ("HTTP/1.0", "X: y"), ("HTTP/1.0", "Connection: keep-alive"), ("HTTP/1.1", "Connection: close"),
        ("HTTP/1.1", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ"),
    ])
    func `a caller that does not stay is answered and let go`(version: String, field: String) async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            try await connection.send(server.request("GET /role/deploy", version: version, field) + server.request())
            let answer = try await connection.answer()
            #expect(answer.json["Token"] == "IQoJ" && answer.endsConnection)
            #expect(try await connection.rest() == "")
        }
    }

    @Test(arguments: [1, 500]) func `a caller that has no more to say is answered`(count: Int) async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            async let sent: Void = connection.send(
                String(repeating: server.request(), count: count), isLast: true)
            for _ in 0..<count { #expect(try await connection.answer().code == 200) }
            try await sent
            #expect(try await connection.rest() == "")
        }
    }

    @Test func `half a request is refused where no more can come`() async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            try await connection.send(String(server.request().dropLast(2)), isLast: true)
            #expect(try await connection.answer().code == 400)
            #expect(try await connection.rest() == "")
        }
    }

    @Test(arguments: ["POST /role/deploy", "GET /role/deploy", "no HTTP"])
    func `a refusal arrives although more is sent than anybody reads`(line: String) async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            let megabyte = String(repeating: "x", count: 1_000_000)
            try await connection.send(server.request(line, "Content-Length: 2000000", body: megabyte))
            try await connection.send(megabyte)
            let code = try await connection.answer().code
            #expect(400...405 ~= code)
            #expect(try await connection.rest() == "")
        }
    }

    @Test func `a connection that is opened and left is closed in time`() async throws {
        try await TestServer.run(.init(patience: .milliseconds(100))) { server in
            let connection = try server.connect()
            #expect(try await connection.rest() == "")
        }
    }

    @Test func `a kept connection that asks no more is closed in time`() async throws {
        try await TestServer.run(.init(patience: .milliseconds(100))) { server in
            let connection = try server.connect()
            try await connection.send(server.request())
            #expect(try await connection.answer().code == 200)
            #expect(try await connection.rest() == "")
        }
    }

    @Test(arguments: ["GET /role/deploy", "no HTTP"])
    func `a byte now and then holds no connection`(line: String) async throws {
        try await TestServer.run(.init(patience: .milliseconds(200))) { server in
            let connection = try server.connect()
            // The second request is refused at once, and what is sent after that counts no more than before.
            try await connection.send("\(line) HTTP/1.1\r\nX: ")
            await #expect(throws: RawConnection.SystemError.self) {
                while true {
                    try await connection.send("x")
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
        }
    }

    @Test func `the connection that has been idle longest makes room for a new one`() async throws {
        try await TestServer.run(.init(connectionLimit: 3, patience: .seconds(600))) { server in
            func ask(_ connection: RawConnection) async throws {
                try await connection.send(server.request())
                #expect(try await connection.answer().code == 200)
            }
            let (first, second, third) = (try server.connect(), try server.connect(), try server.connect())
            for connection in [first, second, third, first] { try await ask(connection) }
            let fourth = try server.connect()
            #expect(try await second.rest() == "")
            for connection in [first, third, fourth] { try await ask(connection) }
        }
    }
}
