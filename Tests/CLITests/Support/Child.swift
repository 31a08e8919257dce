import Foundation

/// A finished child process.
struct ChildResult: Sendable {
    /// Its exit code, or 128 + the signal that ended it.
    let code: Int32
    let stdout: Data
    let stderr: Data

    var out: String { String(decoding: stdout, as: UTF8.self) }
    var err: String { String(decoding: stderr, as: UTF8.self) }
}

/// Runs programs and waits for them without holding a thread.
enum Child {
    /// The built product of that name, which lies beside the test runner.
    static func product(_ name: String) throws -> String {
        let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: runner).deletingLastPathComponent().appendingPathComponent(name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw TestSetupError("\(path) is missing: build it with 'swift build --product \(name)'")
        }
        return path
    }

    /// The first executable of that name on this process's `PATH`.
    static func program(_ name: String) throws -> String {
        if name.contains("/") { return name }
        for directory in (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") {
            let path = "\(directory)/\(name)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw TestSetupError("\(name) is not installed: 'scripts/test' installs what the tests need")
    }

    /// The Python that has boto3, moto and the others.
    static func python() throws -> String {
        guard let path = ProcessInfo.processInfo.environment["KEYLESS_TEST_PYTHON"] else {
            throw TestSetupError("KEYLESS_TEST_PYTHON is not set: run the tests with 'scripts/test'")
        }
        return path
    }

    /// - Parameters:
    ///   - input: what the program reads on stdin; nothing by default.
    ///   - directory: where it runs.
    ///   - began: told the process's id.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String], directory: URL, input: Data = Data(),
        began: (pid_t) -> Void = { _ in }
    ) async throws -> ChildResult {
        // Files, not pipes: a program may print more than a pipe holds while nobody reads.
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("keyless-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let (out, err, inp) = (
            scratch.appendingPathComponent("out"), scratch.appendingPathComponent("err"),
            scratch.appendingPathComponent("in")
        )
        try input.write(to: inp)
        for file in [out, err] { try Data().write(to: file) }

        let process = Process()
        process.executableURL = URL(fileURLWithPath: try self.program(program))
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = directory
        let handles = [
            try FileHandle(forReadingFrom: inp), try FileHandle(forWritingTo: out), try FileHandle(forWritingTo: err),
        ]
        // Process keeps handles that are not closed.
        defer { for handle in handles { try? handle.close() } }
        (process.standardInput, process.standardOutput, process.standardError) = (handles[0], handles[1], handles[2])
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
                began(process.processIdentifier)
            } catch {
                continuation.resume(throwing: error)
            }
        }
        let code = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return ChildResult(code: code, stdout: try Data(contentsOf: out), stderr: try Data(contentsOf: err))
    }
}

/// Something the tests need is not there. Never a reason to skip.
struct TestSetupError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
