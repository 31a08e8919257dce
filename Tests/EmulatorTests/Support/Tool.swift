import Emulator
import Foundation

/// A program that nobody here wrote, run as a client of the emulator.
struct Tool {
    let exitCode: Int32
    let output: String
    let errors: String

    /// Runs a program found in `PATH` to its end, with `input` on its stdin.
    static func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:]
    ) async throws -> Tool {
        try await run(arguments, input: input, environment: environment)
    }

    static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> Tool {
        // Files instead of pipes: nobody has to sit and read while the program runs.
        let directory = try TemporaryDirectory()
        let names = ["stdin", "stdout", "stderr"].map(directory.file)
        try input.write(toFile: names[0], atomically: false, encoding: .utf8)
        for name in names[1...] { try Data().write(to: URL(fileURLWithPath: name)) }

        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let files = names.map { URL(fileURLWithPath: $0) }
        let streams = [
            try FileHandle(forReadingFrom: files[0]), try FileHandle(forWritingTo: files[1]),
            try FileHandle(forWritingTo: files[2]),
        ]
        // Process keeps them open otherwise, and cannot start another child once a thousand files are open.
        defer { for stream in streams { try? stream.close() } }
        process.standardInput = streams[0]
        process.standardOutput = streams[1]
        process.standardError = streams[2]
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Tool(exitCode: process.terminationStatus, output: texts[1], errors: texts[2])
    }
}
