import Domain
import Testing

@testable import CurlTransport

/// How each way of failing is told apart.
struct FaultTests {
    private let client: CurlHTTPClient
    private let server: TestServer
    private var base: String { "http://127.0.0.1:\(server.port)" }

    init() async throws {
        server = try await TestServer("web")
        client = try .test()
    }

    @Test func `a silent server runs out of the time for the first byte`() async throws {
        let limits = HTTPLimits.generous.with { $0.firstByte = .milliseconds(50) }
        let error = await client.failure(of: try .get("\(base)/silent", limits: limits))
        #expect(error == .timedOut(host: "127.0.0.1", phase: .firstByte))
        #expect(await server.tells(of: "closed 1"))
    }

    @Test func `a silent server runs out of the total time where that is shorter`() async throws {
        let limits = HTTPLimits.generous.with { $0.total = .milliseconds(50) }
        let error = await client.failure(of: try .get("\(base)/silent", limits: limits))
        #expect(error == .timedOut(host: "127.0.0.1", phase: .total))
    }

    @Test func `an answer that never ends runs out of the total time`() async throws {
        let limits = HTTPLimits.generous.with {
            ($0.total, $0.firstByte) = (.milliseconds(300), .milliseconds(290))
        }
        let error = await client.failure(of: try .get("\(base)/drip", limits: limits))
        #expect(error == .timedOut(host: "127.0.0.1", phase: .total))
        #expect(await server.tells(of: "closed 1"))
    }

    @Test func `no time at all is the total time run out`() async throws {
        let error = await client.failure(of: try .get("\(base)/silent", limits: HTTPLimits(total: .zero)))
        #expect(error == .timedOut(host: "127.0.0.1", phase: .total))
    }

    @Test func `a host that does not answer runs out of the time to connect`() async throws {
        let full = try await TestServer("full")
        let limits = HTTPLimits.generous.with { $0.connect = .milliseconds(50) }
        let error = await client.failure(of: try .get("http://127.0.0.1:\(full.port)/", limits: limits))
        #expect(error == .timedOut(host: "127.0.0.1", phase: .connect))
    }

    @Test func `the handshake counts as connecting`() async throws {
        let mute = try await TestServer("mute")
        let limits = HTTPLimits.generous.with { $0.connect = .milliseconds(50) }
        let error = await client.failure(of: try .get("https://127.0.0.1:\(mute.port)/", limits: limits))
        #expect(error == .timedOut(host: "127.0.0.1", phase: .connect))
    }

    @Test func `a port nobody listens at cannot be connected to`() async throws {
        let gone = try await TestServer("web")
        let port = gone.port
        _ = consume gone
        let error = await client.failure(of: try .get("http://127.0.0.1:\(port)/secret-path?secret=query"))
        #expect(error?.kind == "cannotConnect")
    }

    @Test func `a name without an address is told by its name`() async throws {
        let error = await client.failure(of: try .get("https://\(String(repeating: "a", count: 64)).invalid/"))
        #expect(error?.kind == "cannotResolve")
    }

    @Test(arguments: ["reset", "truncated", "truncated-chunk", "hang-up", "garbage"])
    func `a broken answer is a lost connection, told without the path`(fault: String) async throws {
        let error = await client.failure(of: try .get("\(base)/\(fault)?token=hidden"))
        #expect(error?.kind == "connectionLost")
        #expect(error.map { "\($0)".contains("hidden") || "\($0)".contains("/\(fault)") } == false)
        #expect(error?.retryAdvice == .transient)
    }

    @Test(arguments: ["endless", "bytes?2048"])
    func `a body larger than allowed ends the transfer`(path: String) async throws {
        let limits = HTTPLimits.generous.with { $0.bodyBytes = 2047 }
        let error = await client.failure(of: try .get("\(base)/\(path)", limits: limits))
        #expect(error == .tooLarge(host: "127.0.0.1", limit: 2047))
    }

    @Test func `a body as large as allowed is whole`() async throws {
        let limits = HTTPLimits.generous.with { $0.bodyBytes = 2048 }
        #expect(try await client.send(.get("\(base)/bytes?2048", limits: limits)).body.count == 2048)
    }

    @Test func `a header without end ends the transfer`() async throws {
        let error = await client.failure(of: try .get("\(base)/endless-header"))
        #expect(error == .tooLarge(host: "127.0.0.1", limit: ReceivedResponse.headerLimit))
    }

    @Test func `cancelling is reported at once and ends the connection`() async throws {
        let request = try HTTPRequest.get("\(base)/silent")
        let task = Task { await client.failure(of: request) }
        #expect(await server.tells(of: "request GET /silent"))
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(await server.tells(of: "closed 1"))
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let request = try HTTPRequest.get("\(base)/echo")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await client.failure(of: request)
        }
        #expect(await task.value == .cancelled)
        let answer = try await client.send(.get("\(base)/echo"))
        #expect(answer.field("x-connection") == "1")
        #expect(answer.field("x-count") == "1")
    }
}
