import Foundation

/// Runs a program to its end, for tests that ask a real consumer.
enum ChildProcess {
    /// A program the tests need is not there. The sentence says what to do.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    struct Result {
        let status: Int32
        let output: Data
        let errorText: String
    }

    /// - Parameters:
    ///   - program: a name to look up in `PATH`, or a path.
    ///   - environment: the whole of it, but for `PATH`.
    /// - Throws: ``Missing`` where there is no such program.
    static func run(
        _ program: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
    ) async throws -> Result {
        let executable = try find(program)
        await turnstile.enter()
        defer { Task { await turnstile.leave() } }
        return try await withTemporaryDirectory { directory in
            // Files rather than pipes: nobody has to read while the child writes.
            let files = ["input", "output", "error"].map { directory.appending(path: $0) }
            for (file, content) in zip(files, [input, [], []]) { try Data(content).write(to: file) }
            // Closed here, since `Process` keeps them: with a thousand open files its `run` reads beyond a buffer.
            let streams = [
                try FileHandle(forReadingFrom: files[0]), try FileHandle(forWritingTo: files[1]),
                try FileHandle(forWritingTo: files[2]),
            ]
            defer { for stream in streams { try? stream.close() } }

            let process = Process()
            (process.executableURL, process.arguments) = (executable, arguments)
            process.environment = environment.merging(["PATH": path]) { named, _ in named }
            process.standardInput = streams[0]
            process.standardOutput = streams[1]
            process.standardError = streams[2]
            try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in ended.resume() }
                do { try process.run() } catch { ended.resume(throwing: error) }
            }
            return Result(
                status: process.terminationStatus, output: try Data(contentsOf: files[1]),
                errorText: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
        }
    }

    /// Lends a new directory, which goes when `body` ends.
    static func withTemporaryDirectory<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
        let directory = FileManager.default.temporaryDirectory.appending(path: "keyless-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        return try await body(directory)
    }

    /// Lets a few through at once, where all cases of all tests would start their children together.
    private actor Turnstile {
        private var free = 4
        private var waiting: [CheckedContinuation<Void, Never>] = []

        func enter() async {
            if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
        }

        func leave() {
            if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
        }
    }

    private static let turnstile = Turnstile()
    private static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

    private static func find(_ program: String) throws -> URL {
        let candidates = program.contains("/") ? [program] : path.split(separator: ":").map { "\($0)/\(program)" }
        guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw Missing(
                description: "\(program) is not installed, and this test asks it: install it, then run scripts/test")
        }
        return URL(fileURLWithPath: found)
    }
}
