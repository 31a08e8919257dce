import Foundation
import TestSupport

/// A command at a terminal of its own, which stands still at each of its questions until somebody answers.
final class TerminalSession {
    private let process = Process()
    private let input: FileHandle
    private var output: AsyncStream<Data>.Iterator

    /// - Parameter command: the program, looked up in the environment's `PATH`, and its arguments.
    init(_ command: [String], environment: [String: String], directory: URL) throws {
        process.executableURL = URL(fileURLWithPath: try Child.program(TestPython.path()))
        process.arguments = [Child.consumer("terminal.py"), "-"] + command
        process.environment = environment
        process.currentDirectoryURL = directory
        let (standardInput, standardOutput) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (standardInput, standardOutput)
        input = standardInput.fileHandleForWriting
        let (stream, continuation) = AsyncStream.makeStream(of: Data.self)
        output = stream.makeAsyncIterator()
        // A thread of its own: libdispatch may look at a descriptor that a readability handler has closed.
        let handle = standardOutput.fileHandleForReading
        Thread.detachNewThread {
            while case let data = handle.availableData, !data.isEmpty { continuation.yield(data) }
            continuation.finish()
        }
        try process.run()
    }

    /// Waits for the next question or the end.
    ///
    /// - Returns: what a person has seen since the answer before, and at the end the exit code.
    func next() async throws -> (shown: String, code: Int32?) {
        var data = Data()
        while let more = await output.next() {
            data += more
            if data.suffix(6) == Data("[y/N] ".utf8) { return (String(decoding: data, as: UTF8.self), nil) }
        }
        let parts = String(decoding: data, as: UTF8.self).split(separator: "\0", omittingEmptySubsequences: false)
        guard parts.count == 2, let code = Int32(parts[1]) else {
            throw TestSetupError("the terminal ended before its command: \(parts.first ?? "")")
        }
        return (String(parts[0]), code)
    }

    func answer(_ text: String) throws { try input.write(contentsOf: Data("\(text)\n".utf8)) }

    /// Ends the command where it is.
    func end() {
        if process.isRunning { process.terminate() }
        try? input.close()
    }
}
