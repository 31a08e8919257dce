import Domain
import Foundation
import Testing

@testable import LinuxSystem

/// Real programs.
@Suite struct ProgramTests {
    private func run(
        _ arguments: String..., patience: Duration = .seconds(30), limit: Int = 1000
    ) async throws(Program.Failure) -> String {
        try await Program.output(of: arguments, patience: patience, limit: limit, time: SystemTime()).exposedText
    }

    @Test("what it prints, with its arguments as they are")
    func output() async throws {
        #expect(try await run("printf", "%s|", "a b", "$HOME", "", "é'\"") == "a b|$HOME||é'\"|")
        #expect(try await run("true") == "")
        #expect(try await run("sh", "-c", "printf a; sleep 0.05; printf b") == "ab")
        #expect(try await run("head", "-c", "1000", "/dev/zero").utf8.count == 1000)
    }

    @Test("errors and input are this process's")
    func streams() async throws {
        for number in [0, 2] {
            let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
            #expect(try await run("sh", "-c", "readlink /proc/$$/fd/\(number)") == "\(own)\n")
        }
    }

    @Test("no other descriptor is handed on, and no signal held back")
    func inheritance() async throws {
        let descriptor = open("/dev/zero", O_RDONLY)
        defer { close(descriptor) }
        let links = try await run("sh", "-c", "readlink /proc/$$/fd/*; true", limit: 10_000)
        #expect(!links.contains("/dev/zero"))
        #expect(try await run("grep", "SigBlk", "/proc/self/status") == "SigBlk:\t0000000000000000\n")
    }

    @Test(
        "a program that fails",
        arguments: [
            ("exit 3", Program.Failure.ended(code: 3)), ("printf x; exit 255", .ended(code: 255)),
            ("kill -9 $$", .ended(code: 137)), ("exec 1>&-; exit 4", .ended(code: 4)),
        ])
    func failing(script: String, failure: Program.Failure) async {
        await #expect(throws: failure) { try await run("sh", "-c", script) }
    }

    @Test("a program that cannot be started")
    func cannotStart() async {
        await #expect(throws: Program.Failure.cannotStart(SystemError("posix_spawnp", code: ENOENT))) {
            try await run("/nonexistent/program")
        }
        await #expect(throws: Program.Failure.cannotStart(SystemError("posix_spawnp", code: EACCES))) {
            try await run("/dev/null")
        }
    }

    @Test("a program that does not end, or does not end printing, is killed")
    func killed() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "keyless-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let script = "echo $$ > '\(file.path)'; exec"
        await #expect(throws: Program.Failure.timedOut(after: .milliseconds(300))) {
            try await run("sh", "-c", "\(script) sleep 60", patience: .milliseconds(300))
        }
        #expect(try Self.isGone(file))
        await #expect(throws: Program.Failure.timedOut(after: .milliseconds(300))) {
            try await run("sh", "-c", "\(script) sleep 60 1>&-", patience: .milliseconds(300))
        }
        #expect(try Self.isGone(file))
        await #expect(throws: Program.Failure.tooLarge(limit: 1000)) { try await run("sh", "-c", "\(script) yes") }
        #expect(try Self.isGone(file))
    }

    @Test("so is one whose task is cancelled")
    func cancelled() async throws {
        let task = Task { try await run("sleep", "60") }
        task.cancel()
        await #expect(throws: Program.Failure.self) { try await task.value }
    }

    private static func isGone(_ file: URL) throws -> Bool {
        let text = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        return kill(try #require(Int32(text)), 0) != 0
    }
}
