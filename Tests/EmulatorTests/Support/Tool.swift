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
        process.standardInput = FileHandle(forReadingAtPath: names[0])
        process.standardOutput = FileHandle(forWritingAtPath: names[1])
        process.standardError = FileHandle(forWritingAtPath: names[2])
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        let texts = try names.map { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
        return Tool(exitCode: process.terminationStatus, output: texts[1], errors: texts[2])
    }
}
