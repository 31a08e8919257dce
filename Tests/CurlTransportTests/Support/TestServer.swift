import Foundation

/// A server of `Fixtures/server.py` as a child process, which ends with this object.
final class TestServer: Sendable {
    struct DidNotStart: Error { let arguments: [String] }

    let port: Int
    /// What the server tells of: `request GET /path`, `closed 1`, each once.
    private let events: AsyncStream<String>
    private let input: FileHandle
    private let process: Process

    convenience init(_ arguments: String...) async throws { try await self.init(arguments) }

    init(_ arguments: [String]) async throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/server.py")
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path()] + arguments
        let (standardInput, standardOutput) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        input = standardInput.fileHandleForWriting

        let (events, continuation) = AsyncStream.makeStream(of: String.self)
        self.events = events
        // A thread of its own: a readability handler closes its descriptor while libdispatch may still look at it, and
        // that ends the process now and then.
        let output = standardOutput.fileHandleForReading
        Thread.detachNewThread { Self.read(output, into: continuation) }
        try process.run()
        var lines = events.makeAsyncIterator()
        guard let port = await lines.next().flatMap({ Int($0) }) else { throw DidNotStart(arguments: arguments) }
        self.port = port
    }

    private static func read(_ output: FileHandle, into events: AsyncStream<String>.Continuation) {
        var pending = ""
        while case let data = output.availableData, !data.isEmpty {
            pending += String(decoding: data, as: UTF8.self)
            while let end = pending.firstIndex(of: "\n") {
                events.yield(String(pending[..<end]))
                pending.removeSubrange(...end)
            }
        }
        events.finish()
    }

    deinit {
        try? input.close()
        process.waitUntilExit()
    }

    /// Waits until the server tells of `event`; `false` where it ends without.
    func tells(of event: String) async -> Bool { await next { $0 == event } != nil }

    /// The next event for which `condition` holds, passing over others.
    func next(where condition: (String) -> Bool) async -> String? { await events.first(where: condition) }
}
