import Domain
import Foundation
import TestSupport
import Testing

@testable import CredentialServer

/// What is given, and until when.
struct AnswerTests {
    private static let document =
        #"{"AccessKeyId":"ASIAIOSFODNN7EXAMPLE","Expiration":"2026-11-21T12:00:00Z","#
        + #""SecretAccessKey":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY","Token":"IQoJ"}"#

    @Test func `credentials are given as the SDKs read them`() async throws {
        try await TestServer.run { server in
            let connection = try server.connect()
            try await connection.send(server.request())
            #expect(
                try await connection.answer().text == """
                    HTTP/1.1 200 OK\r
                    Content-Type: application/json\r
                    Content-Length: \(Self.document.utf8.count)\r
                    Cache-Control: no-store\r
                    \r
                    \(Self.document)
                    """)
        }
    }

    @Test func `the account is told where it is known`() async throws {
        let credentials = SessionCredentials(
            accessKeyID: "AKID", secretAccessKey: "se\"cret", sessionToken: "token", expiration: TestServer.noon)
        let offer = try #require(CredentialOffer(credentials, accountID: "111122223333"))
        try await TestServer.run { server in
            await server.server.offer(offer, at: "/role/deploy")
            let connection = try server.connect()
            try await connection.send(server.request())
            #expect(
                try await connection.answer().json == [
                    "AccessKeyId": "AKID", "AccountId": "111122223333", "Expiration": "2026-11-21T12:00:00Z",
                    "SecretAccessKey": "se\"cret", "Token": "token",
                ])
        }
    }

    @Test(arguments: [
        SessionCredentials(accessKeyID: "", secretAccessKey: "s", sessionToken: "t", expiration: TestServer.noon),
        SessionCredentials(accessKeyID: "a", secretAccessKey: "", sessionToken: "t", expiration: TestServer.noon),
        SessionCredentials(accessKeyID: "a", secretAccessKey: "s", sessionToken: "", expiration: TestServer.noon),
        SessionCredentials(accessKeyID: "a", secretAccessKey: "s", sessionToken: nil, expiration: TestServer.noon),
        SessionCredentials(accessKeyID: "a", secretAccessKey: "s", sessionToken: "t", expiration: nil),
    ])
    func `credentials that an SDK would not take cannot be offered`(credentials: SessionCredentials) {
        #expect(CredentialOffer(credentials) == nil)
    }

    @Test func `each path has its own`() async throws {
        try await TestServer.run { server in
            await server.server.offer(.test("other"), at: "/role/other")
            let connection = try server.connect()
            for (path, token) in [("/role/deploy", "IQoJ"), ("/role/other", "other"), ("/role/deploy", "IQoJ")] {
                try await connection.send(server.request("GET \(path)"))
                #expect(try await connection.answer().json["Token"] == token)
            }
        }
    }

    @Test func `nothing is given that was never offered`() async throws {
        let server = try await CredentialServer.start(
            .init(), time: ManualClock(TestServer.noon), isAuthorized: { _ in true })
        let connection = try RawConnection(port: server.port)
        try await connection.send(
            "GET /role/deploy HTTP/1.1\r\nHost: localhost:\(server.port)\r\nAuthorization: x\r\n\r\n")
        #expect(try await connection.answer().code == 404)
        await server.stop()
    }

    @Test func `credentials that nobody renews are given to their last moment, and again once there are new ones`()
        async throws
    {
        try await TestServer.run { server in
            let connection = try server.connect()
            func ask() async throws -> RawAnswer {
                try await connection.send(server.request())
                return try await connection.answer()
            }
            server.clock.set(TestServer.noon.addingTimeInterval(-0.001))
            #expect(try await ask().code == 200)

            await server.server.offer(.test(reason: "STS does not answer\n##vso[x]"), at: "/role/deploy")
            #expect(try await ask().body == Self.document)

            server.clock.set(TestServer.noon)
            let answer = try await ask()
            #expect(answer.statusLine == "HTTP/1.1 503 Service Unavailable")
            #expect(
                answer.body == #"{"code":"CredentialsExpired","message":"the credentials ended 2026-11-21T12:00:00Z "#
                    + #"and could not be renewed: STS does not answer x]"}"#)
            #expect(!answer.endsConnection)

            await server.server.offer(.test("new", until: TestServer.noon.addingTimeInterval(60)), at: "/role/deploy")
            #expect(try await ask().json["Token"] == "new")
        }
    }

    @Test func `credentials that have ended are not given even once`() async throws {
        try await TestServer.run { server in
            await server.server.offer(.test("old", until: server.clock.now()), at: "/role/deploy")
            let connection = try server.connect()
            try await connection.send(server.request())
            let answer = try await connection.answer()
            #expect(answer.code == 503)
            #expect(
                answer.json == [
                    "code": "CredentialsExpired", "message": "the credentials ended 2026-11-21T11:00:00Z",
                ])
        }
    }

    @Test func `new credentials are given from the moment they are offered, whatever else is asked`() async throws {
        try await TestServer.run { server in
            await server.server.offer(.test("0"), at: "/role/deploy")
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        let connection = try server.connect()
                        var last = 0
                        while last < 500 {
                            try await connection.send(server.request())
                            let answer = try await connection.answer()
                            let generation = try #require(answer.json["Token"].flatMap { Int($0) }, "\(answer.text)")
                            #expect(generation >= last)
                            last = generation
                        }
                    }
                }
                let connection = try server.connect()
                for generation in 1...500 {
                    await server.server.offer(.test("\(generation)"), at: "/role/deploy")
                    try await connection.send(server.request())
                    #expect(try await connection.answer().json["Token"] == "\(generation)")
                }
                try await group.waitForAll()
            }
        }
    }
}
