import Foundation

/// A program of `Callers/`, which starts a server in a process of its own and looks at it from outside.
enum Caller {
    /// What it printed.
    ///
    /// - Throws: ``Failure`` where it ended with another code than 0.
    static func run(_ name: String) async throws -> String {
        guard let python = ProcessInfo.processInfo.environment["KEYLESS_TEST_PYTHON"] else {
            throw Failure("KEYLESS_TEST_PYTHON is not set: run the tests with 'scripts/test'")
        }
        let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let host = URL(filePath: runner).deletingLastPathComponent().appending(path: "CredentialServerHost").path
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Callers/\(name).py")
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [script.path, host]
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, output)
        async let text = read(output.fileHandleForReading)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
            try? output.fileHandleForWriting.close()
        }
        guard process.terminationStatus == 0 else { throw Failure(await text) }
        return await text
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }

    private static func read(_ handle: FileHandle) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let data = (try? handle.readToEnd()) ?? Data()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
    }
}
