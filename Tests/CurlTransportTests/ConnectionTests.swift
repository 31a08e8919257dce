import Domain
import Foundation
import Testing

@testable import CurlTransport

/// How connections are kept, shared and given up.
struct ConnectionTests {
    private let server: TestServer
    private var base: String { "http://127.0.0.1:\(server.port)" }

    init() async throws { server = try await TestServer("web") }

    @Test func `requests one after the other share a connection`() async throws {
        let client = try CurlHTTPClient.test()
        for number in 1...50 {
            let answer = try await client.send(.get("\(base)/echo"))
            #expect(answer.field("x-connection") == "1")
            #expect(answer.field("x-count") == "\(number)")
        }
    }

    @Test func `200 requests run at once, and their connections are reused`() async throws {
        let client = try CurlHTTPClient.test()
        let request = try HTTPRequest.get("\(base)/gate-of?200")
        // The server answers none before all are there.
        let bodies = try await withThrowingTaskGroup { group in
            for _ in 0..<200 { group.addTask { try await client.send(request).body.exposedText } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(bodies == Array(repeating: "together", count: 200))

        let echo = try HTTPRequest.get("\(base)/echo")
        let connections = try await withThrowingTaskGroup { group in
            for _ in 0..<64 { group.addTask { try await client.send(echo).field("x-connection") } }
            return try await group.reduce(into: Set()) { $0.insert($1.flatMap { Int($0) } ?? 0) }
        }
        #expect(connections.allSatisfy { 1...200 ~= $0 })
    }

    @Test func `connections end with the client`() async throws {
        var client: CurlHTTPClient? = try .test()
        _ = try await client?.send(.get("\(base)/echo"))
        client = nil
        #expect(await server.tells(of: "closed 1"))
    }

    @Test func `a connection the server closed while idle is replaced`() async throws {
        let client = try CurlHTTPClient.test()
        #expect(await client.failure(of: try .get("\(base)/hang-up")) != nil)
        #expect(await server.tells(of: "closed 1"))
        #expect(try await client.send(.get("\(base)/echo")).field("x-connection") == "2")
    }

    @Test(arguments: [(HTTPRequest.Method.get, 2), (.post, 1)])
    func `only what may be repeated is sent again when a kept connection is lost`(
        method: HTTPRequest.Method, times: Int
    ) async throws {
        let client = try CurlHTTPClient.test()
        _ = try await client.send(.get("\(base)/echo"))
        let url = try HTTPURL("\(base)/hang-up")
        let error = await client.failure(of: HTTPRequest(method, url, body: "", limits: .generous))
        #expect(error?.kind == "connectionLost")
        _ = try await client.send(.get("\(base)/bytes?256"))
        var requests: [String?] = []
        repeat {
            requests.append(await server.next { $0.hasPrefix("request") })
        } while requests.last != "request GET /bytes?256"
        #expect(requests.filter { $0?.hasSuffix("/hang-up") == true }.count == times)
    }

    #if compiler(>=6.2)
        @Test func `the process may exit while transfers run`() async throws {
            await #expect(processExitsWith: .exitCode(7)) {
                let server = try await TestServer("web")
                let client = try CurlHTTPClient.test()
                let request = try HTTPRequest.get("http://127.0.0.1:\(server.port)/silent")
                for _ in 0..<20 { Task { try await client.send(request) } }
                for _ in 0..<20 { #expect(await server.tells(of: "request GET /silent")) }
                exit(7)
            }
        }
    #endif
}
