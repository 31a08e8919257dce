import Domain
import Foundation
import TestSupport

@testable import CredentialServer

/// A server with credentials at `/role/deploy` until noon of its clock.
struct TestServer: Sendable {
    static let token = "5e1f" + String(repeating: "0123456789ab", count: 5)
    static let noon = Date(timeIntervalSince1970: 1_795_262_400)

    let server: CredentialServer
    let clock = ManualClock(noon.addingTimeInterval(-3600))

    var port: Int { server.port }

    /// Starts one, and stops it after `body`.
    static func run(
        _ configuration: CredentialServer.Configuration = .init(patience: .seconds(600)),
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let server = try await TestServer(configuration)
        do { try await body(server) } catch {
            await server.server.stop()
            throw error
        }
        await server.server.stop()
    }

    private init(_ configuration: CredentialServer.Configuration) async throws {
        server = try await .start(configuration, time: clock, isAuthorized: { $0 == Self.token })
        await server.offer(.test(), at: "/role/deploy")
    }

    func connect() throws -> RawConnection { try RawConnection(port: port) }

    /// A request as an SDK makes it, but for what is given.
    ///
    /// - Parameters:
    ///   - line: its first line but the version.
    ///   - fields: lines behind those of the host and the token.
    func request(
        _ line: String = "GET /role/deploy", version: String = "HTTP/1.1", host: String? = nil,
        token: String? = token, _ fields: String..., body: String = ""
    ) -> String {
        let lines = ["\(line) \(version)", "Host: \(host ?? "127.0.0.1:\(port)")"]
        return (lines + (token.map { ["Authorization: \($0)"] } ?? []) + fields).map { $0 + "\r\n" }.joined() + "\r\n"
            + body
    }
}

extension CredentialOffer {
    /// - Parameter token: what tells it from another.
    static func test(
        _ token: String = "IQoJ", until expiration: Date = TestServer.noon, reason: String? = nil
    ) -> CredentialOffer {
        let credentials = SessionCredentials(
            accessKeyID: "ASIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            sessionToken: Secret(token), expiration: expiration)
        guard let offer = CredentialOffer(credentials, reason: reason) else { preconditionFailure("no offer") }
        return offer
    }
}
