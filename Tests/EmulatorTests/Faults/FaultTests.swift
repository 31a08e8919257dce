import Emulator
import TestSupport
import Testing

@Suite("Faults")
struct FaultTests {
    /// Runs curl against a server on which the operation `/x` meets `fault` once; tells how often the service worked.
    private func curl(
        _ fault: Fault, on operation: String = "/x", tls: Bool = true, patience: Int = 60
    ) async throws -> (ChildResult, worked: Int) {
        let worked = Counter()
        let faults = FaultPlan()
        faults.add(fault, to: operation)
        let authority = try await Authority.make()
        let identity = tls ? try await authority.identity() : nil
        let server = try await HTTPServer.start(identity: identity, faults: faults) { _ in
            worked.increment()
            return ServerAnswer(status: 200, type: "text/plain", "0123456789")
        }
        let answer = try await Child.run(
            "curl", "-sS", "--max-time", "\(patience)", "--cacert", authority.rootFile, "-w", "|%{http_code}",
            "\(server.url)/x")
        #expect(faults.pending.isEmpty)
        await server.stop()
        return (answer, worked.value)
    }

    @Test("answer in the service's place") func answer() async throws {
        let (answer, worked) = try await curl(.answer(ServerAnswer(status: 503, type: "text/plain", "busy")))
        #expect(answer.out == "busy|503")
        #expect(worked == 0)
    }

    @Test("change its answer") func rewrite() async throws {
        let (answer, worked) = try await curl(
            .rewrite { ServerAnswer(status: 200, body: [0xEF, 0xBB, 0xBF] + $0.body) })
        #expect(answer.out == "\u{FEFF}0123456789|200")
        #expect(worked == 1)
    }

    @Test("reset the connection, with TLS and without", arguments: [true, false]) func reset(tls: Bool) async throws {
        let (answer, worked) = try await curl(.reset, tls: tls)
        #expect(answer.code == 56)
        #expect(answer.err.contains("eset by peer") || answer.err.contains("errno 104"), "\(answer.err)")
        #expect(worked == 0)
    }

    @Test("reset it after the work is done") func effectThenReset() async throws {
        let (answer, worked) = try await curl(.effectThenReset)
        #expect(answer.code == 56)
        #expect(worked == 1)
    }

    @Test("cut the body off") func truncated() async throws {
        let (answer, _) = try await curl(.truncatedBody)
        #expect(answer.code == 18)
        #expect(answer.out == "01234|200")
    }

    @Test("send the body in single bytes") func slow() async throws {
        let (answer, _) = try await curl(.slowBody(.milliseconds(1)))
        #expect(answer.out == "0123456789|200")
    }

    @Test("say something that is not HTTP") func garbage() async throws {
        let (answer, worked) = try await curl(.garbage)
        #expect(answer.code == 1)
        #expect(answer.err.contains("HTTP/0.9"))
        #expect(worked == 0)
    }

    @Test("say nothing, or say it too late", arguments: [Fault.silence, .delay(.seconds(1000))])
    func silence(fault: Fault) async throws {
        let faults = FaultPlan()
        faults.add(fault, to: "/x")
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let server = try await HTTPServer.start(
            faults: faults, log: RequestLog(onArrival: { _ in arrival.yield() }),
            service: .init { _ in ServerAnswer(status: 200) })
        async let client = Child.run("curl", "-sS", "\(server.url)/x")
        var iterator = arrivals.makeAsyncIterator()
        await iterator.next()
        await server.stop()
        // The connection ended without a byte.
        #expect(try await client.code == 52)
    }

    @Test(
        "meet connections before TLS",
        // The reset may come before the client has the connection.
        arguments: [(Fault.reset, 60, [Int32(35), 7]), (.garbage, 60, [35]), (.silence, 5, [28])])
    func connection(fault: Fault, patience: Int, exitCodes: [Int32]) async throws {
        let (answer, worked) = try await curl(fault, on: FaultPlan.connection(), patience: patience)
        #expect(exitCodes.contains(answer.code), "\(answer.err)")
        #expect(worked == 0)
    }

    @Test("come in the order planned, as often as planned, to their operation only") func plan() async throws {
        let faults = FaultPlan()
        faults.add(.answer(ServerAnswer(status: 503)), to: "/a", times: 2)
        faults.add(.answer(ServerAnswer(status: 429)), to: "/a")
        faults.add(.answer(ServerAnswer(status: 404)), to: "/never")
        let server = try await HTTPServer.start(faults: faults) { _ in ServerAnswer(status: 200) }
        var statuses = ""
        for path in ["a", "b", "a", "a", "a"] {
            statuses += try await Child.run("curl", "-s", "-w", "%{http_code} ", "\(server.url)/\(path)").out
        }
        #expect(statuses == "503 200 503 429 200 ")
        #expect(faults.pending == ["/never": 1])
        faults.add(.answer(ServerAnswer(status: 500)), to: "/a", times: nil)
        #expect(try await Child.run("curl", "-s", "-w", "%{http_code}", "\(server.url)/a").out == "500")
        #expect(try await Child.run("curl", "-s", "-w", "%{http_code}", "\(server.url)/a").out == "500")
        faults.clear()
        #expect(try await Child.run("curl", "-s", "-w", "%{http_code}", "\(server.url)/a").out == "200")
        await server.stop()
    }
}
