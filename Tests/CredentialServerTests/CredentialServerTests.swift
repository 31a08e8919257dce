import Foundation
import Glibc
import TestSupport
import Testing

@testable import CredentialServer

/// Where the server listens, and its end.
struct CredentialServerTests {
    @Test func `it listens on 127_0_0_1 alone`() async throws {
        try await TestServer.run { server in
            let port = String(format: "%04X", server.port)
            let listeners = ["/proc/self/net/tcp", "/proc/self/net/tcp6"].flatMap { path in
                Self.text(path).split(separator: "\n").dropFirst().compactMap {
                    line in
                    let columns = line.split(separator: " ")
                    // 0A: listening.
                    return columns[3] == "0A" && columns[1].hasSuffix(":\(port)") ? String(columns[1]) : nil
                }
            }
            #expect(listeners == ["0100007F:\(port)"])
            #expect(throws: RawConnection.SystemError(code: ECONNREFUSED)) {
                _ = try RawConnection(port: server.port, address: "127.0.0.2")
            }
        }
    }

    @Test func `a port can be chosen`() async throws {
        // The system gives one that is free; another process could take it meanwhile.
        try await TestServer.run { server in
            let port = server.port
            await server.server.stop()
            let again = try await CredentialServer.start(
                .init(port: port), time: server.clock, isAuthorized: { _ in true })
            #expect(again.port == port)
            await again.stop()
        }
    }

    @Test func `a port in use is an error that names it`() async throws {
        try await TestServer.run { server in
            await #expect(throws: CredentialServer.StartError(port: server.port, code: EADDRINUSE)) {
                _ = try await CredentialServer.start(
                    .init(port: server.port), time: server.clock, isAuthorized: { _ in true })
            }
        }
    }

    @Test(arguments: [-1, 65_536, Int.max]) func `what is no port is an error`(port: Int) async throws {
        await #expect(throws: CredentialServer.StartError(port: port, code: nil)) {
            _ = try await CredentialServer.start(
                .init(port: port), time: ManualClock(TestServer.noon), isAuthorized: { _ in true })
        }
    }

    @Test func `stopping closes the listener and every connection`() async throws {
        try await TestServer.run { server in
            let connections = try (0..<20).map { _ in try server.connect() }
            for connection in connections {
                try await connection.send(server.request())
                #expect(try await connection.answer().code == 200)
            }
            await server.server.stop()
            for connection in connections { #expect(try await connection.rest() == "") }
            #expect(throws: RawConnection.SystemError(code: ECONNREFUSED)) { _ = try server.connect() }
            // Nobody is left to take these, and nobody waits.
            await server.server.offer(.test(), at: "/role/deploy")
            await server.server.stop()
        }
    }

    /// Files of `/proc` have no size, which Foundation goes by.
    private static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer.prefix(count) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
