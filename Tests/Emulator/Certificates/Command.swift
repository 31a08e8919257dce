import Foundation

/// Runs a program to its end.
enum Command {
    /// A program that did not end well.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameters:
    ///   - arguments: the program, looked up in `PATH`, and its arguments.
    ///   - directory: where it runs.
    /// - Throws: ``Failure`` with what it wrote to stderr, where it cannot be started or its exit code is not 0.
    static func run(_ arguments: [String], in directory: String) async throws {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        // Process keeps it open otherwise, and cannot start another child once a thousand files are open.
        defer { try? errors.fileHandleForReading.close() }
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        guard process.terminationStatus == 0 else {
            let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            throw Failure(description: "\(arguments.joined(separator: " ")) failed: \(text)")
        }
    }
}
