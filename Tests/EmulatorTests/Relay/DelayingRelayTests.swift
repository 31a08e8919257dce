import Emulator
import Foundation
import TestSupport
import Testing

@Suite("The relay")
struct DelayingRelayTests {
    private func server(tls: Bool = false, _ authority: Authority? = nil) async throws -> HTTPServer {
        try await HTTPServer.start(identity: try await authority?.identity()) { request in
            ServerAnswer(status: 200, body: request.body)
        }
    }

    @Test("passes large bodies on unchanged, both ways and through TLS", arguments: [true, false])
    func bytes(tls: Bool) async throws {
        let authority = try await Authority.make()
        let server = try await server(tls: tls, tls ? authority : nil)
        let relay = try await DelayingRelay.start(to: server.port, roundTripTime: .milliseconds(4))
        let body = (0..<100_000).map { "\($0)," }.joined()
        let answer = try await Child.run(
            "curl", "-sS", "--cacert", authority.rootFile, "--data-binary", "@-",
            "\(tls ? "https" : "http")://localhost:\(relay.port)/", input: body)
        #expect(answer.out == body, "\(answer.err)")
        await relay.stop()
        await server.stop()
    }

    /// A lower bound only: nothing can be faster than the link, and how much slower this machine makes it is no matter.
    @Test("makes a fresh connection cost two round trips, and three with TLS", arguments: [(false, 2), (true, 3)])
    func handshakes(tls: Bool, roundTrips: Int) async throws {
        let authority = try await Authority.make()
        let server = try await server(tls: tls, tls ? authority : nil)
        let relay = try await DelayingRelay.start(to: server.port, roundTripTime: .milliseconds(60))
        let answer = try await Child.run(
            "curl", "-sS", "--cacert", authority.rootFile, "-w", "%{time_total}",
            "\(tls ? "https" : "http")://localhost:\(relay.port)/")
        let seconds = try #require(Double(answer.out))
        #expect(seconds >= 0.060 * Double(roundTrips))
        await relay.stop()
        await server.stop()
    }

    @Test("passes the end of one direction on and keeps the other open") func halfClose() async throws {
        let server = try await HTTPServer.start { _ in ServerAnswer(status: 200, type: "text/plain", "late") }
        let relay = try await DelayingRelay.start(to: server.port, roundTripTime: .milliseconds(4))
        let script = """
            import socket
            client = socket.create_connection(('127.0.0.1', \(relay.port)))
            client.sendall(b'GET / HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n')
            client.shutdown(socket.SHUT_WR)
            answer = b''
            while data := client.recv(4096): answer += data
            print(answer.split(b'\\r\\n\\r\\n')[1].decode())
            """
        #expect(try await Child.run("python3", "-c", script).out == "late\n")
        await relay.stop()
        await server.stop()
    }

    @Test("ends the connection where nobody is behind it, and when it stops") func end() async throws {
        let server = try await server()
        await server.stop()
        let relay = try await DelayingRelay.start(to: server.port, roundTripTime: .milliseconds(4))
        let refused = try await Child.run("curl", "-sS", "http://localhost:\(relay.port)/")
        #expect([52, 56].contains(refused.code))
        await relay.stop()
        #expect(try await Child.run("curl", "-sS", "http://localhost:\(relay.port)/").code == 7)
    }
}
