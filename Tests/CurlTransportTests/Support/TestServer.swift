import Foundation
import Synchronization

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
        let pending = Mutex("")
        standardOutput.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return continuation.finish()
            }
            pending.withLock { pending in
                pending += String(decoding: data, as: UTF8.self)
                while let end = pending.firstIndex(of: "\n") {
                    continuation.yield(String(pending[..<end]))
                    pending.removeSubrange(...end)
                }
            }
        }
        self.events = events
        try process.run()
        var lines = events.makeAsyncIterator()
        guard let port = await lines.next().flatMap({ Int($0) }) else { throw DidNotStart(arguments: arguments) }
        self.port = port
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
