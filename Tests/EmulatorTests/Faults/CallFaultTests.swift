import Emulator
import Testing

/// Faults that meet calls of either service, whatever they are.
@Suite("A fault of calls")
struct CallFaultTests {
    /// A read and an update of a connection at Azure DevOps, each followed by a call of STS.
    private func statuses(_ sandbox: Sandbox, rounds: Int = 1) async throws -> [Int] {
        var statuses: [Int] = []
        let object = try await sandbox.endpoint().json()
        for _ in 0..<rounds {
            statuses.append(try await sandbox.endpoint().status)
            statuses.append(try await sandbox.askForToken().status)
            statuses.append(try await sandbox.put(object).status)
            statuses.append(try await sandbox.assume(token: "x").status)
        }
        return statuses
    }

    @Test(
        "meets the n-th one, in the form of its service",
        arguments: [
            ("call=throttled@2", [429, 200, 200, 400]), ("call=throttled@3", [200, 429, 200, 400]),
            ("call=throttled@4", [200, 200, 429, 400]), ("call=status-503@5", [200, 200, 200, 503]),
            ("write=AccessDenied", [200, 200, 403, 400]), ("call=InternalFailure@4", [200, 200, 500, 400]),
        ])
    func nth(rule: String, expected: [Int]) async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(try FaultRule(rule))
            #expect(try await statuses(sandbox) == expected)
            #expect(sandbox.faults.pending.isEmpty)
            #expect(sandbox.log.count(FaultPlan.call) == 5)
            #expect(sandbox.log.count(FaultPlan.write) == 1)
            #expect(sandbox.log.records.count { $0.fault != nil } == 1)
        }
    }

    @Test("is a throttling of AWS's own there") func aws() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(try FaultRule("call=throttled"))
            #expect(try await sandbox.assume(token: "x").element("Code") == "Throttling")
        }
    }

    @Test("meets that operation ever after, where it is said so, and no other") func sticks() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(try FaultRule("call=status-500:same@3"))
            #expect(try await statuses(sandbox, rounds: 2) == [200, 500, 200, 400, 200, 500, 200, 400])
            #expect(sandbox.faults.pending.isEmpty)
        }
    }

    @Test("counts what has met another fault, and waits for the next where both are due") func together() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(try FaultRule("oidctoken=status-502"))
            sandbox.faults.add(try FaultRule("call=status-503@3"))
            #expect(try await statuses(sandbox) == [200, 502, 503, 400])
            sandbox.faults.add(try FaultRule("serviceendpoint-put=status-502"))
            sandbox.faults.add(try FaultRule("call=status-503@5"))
            #expect(try await statuses(sandbox) == [200, 200, 502, 503])
        }
    }

    @Test("passes what is no call") func noCall() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(try FaultRule("call=status-503"))
            // A look whether anybody is there, which opens a connection early.
            #expect(try await Answer.curl(sandbox, ["-I", sandbox.awsURL]).status == 302)
            #expect(sandbox.faults.pending == ["call": 1])
        }
    }
}
