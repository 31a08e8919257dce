package import Foundation

/// Runs programs and waits for them without holding a thread.
package enum Child {
    /// The built product of that name, which lies beside the test runner. For `keyless` another one can be named by the
    /// variable `KEYLESS_TEST_BINARY`.
    ///
    /// - Throws: ``TestSetupError`` where it is not there.
    package static func product(_ name: String) throws -> String {
        if name == "keyless", let named = variables["KEYLESS_TEST_BINARY"] { return try binary(named) }
        let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: runner).deletingLastPathComponent().appendingPathComponent(name).path
        guard isProgram(path) else {
            throw TestSetupError("\(path) is missing: build it with 'swift build --product \(name)'")
        }
        return path
    }

    /// The path of a program of `Tests/Scripts/consumers`.
    package static func consumer(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Scripts/consumers/\(name)").path
    }

    private static func binary(_ named: String) throws -> String {
        // Programs run in directories of their own.
        let path = URL(fileURLWithPath: named).standardizedFileURL.path
        guard !named.isEmpty, isProgram(path) else {
            throw TestSetupError("KEYLESS_TEST_BINARY=\(named): there is no program at \(path) that can be run")
        }
        // Scripts of the shell look it up in PATH.
        guard path.hasSuffix("/keyless") else {
            throw TestSetupError("KEYLESS_TEST_BINARY=\(named): the tests need a program called 'keyless'")
        }
        return path
    }

    /// The path of a program: itself where it is one, or else the first one of that name in this process's `PATH`.
    ///
    /// - Throws: ``TestSetupError`` where there is none.
    package static func program(_ name: String) throws -> String {
        if name.contains("/") { return name }
        for directory in (variables["PATH"] ?? "").split(separator: ":") {
            let path = "\(directory)/\(name)"
            if isProgram(path) { return path }
        }
        throw TestSetupError("\(name) is not installed: 'scripts/test' installs what the tests need")
    }

    /// This process's `PATH`, for a child that is to know nothing else.
    package static var path: [String: String] { variables.filter { $0.key == "PATH" } }

    private static var variables: [String: String] { ProcessInfo.processInfo.environment }

    private static func isProgram(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }

    /// Runs a command in this process's environment.
    ///
    /// - Parameters:
    ///   - command: the program, looked up in `PATH`, and its arguments.
    ///   - variables: what its environment has besides.
    ///   - input: what it reads on stdin.
    package static func run(
        _ command: String..., input: String = "", adding variables: [String: String] = [:]
    ) async throws -> ChildResult {
        try await run(command, input: input, adding: variables)
    }

    /// The same with a list.
    package static func run(
        _ command: [String], input: String = "", adding variables: [String: String] = [:]
    ) async throws -> ChildResult {
        try await run(
            command[0], Array(command.dropFirst()), environment: self.variables.merging(variables) { $1 },
            input: Data(input.utf8))
    }

    /// Runs a program in exactly that environment.
    ///
    /// - Parameters:
    ///   - program: looked up in this process's `PATH`.
    ///   - directory: where it runs; where this process does without.
    ///   - input: what the program reads on stdin; nothing by default.
    ///   - began: told the process's id.
    package static func run(
        _ program: String, _ arguments: [String], environment: [String: String], directory: URL? = nil,
        input: Data = Data(), began: (pid_t) -> Void = { _ in }
    ) async throws -> ChildResult {
        try await withTemporaryDirectory { scratch in
            // Files, not pipes: a program may print more than a pipe holds while nobody reads.
            let files = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
            for (file, content) in zip(files, [input, Data(), Data()]) { try content.write(to: file) }
            let handles = [
                try FileHandle(forReadingFrom: files[0]), try FileHandle(forWritingTo: files[1]),
                try FileHandle(forWritingTo: files[2]),
            ]
            // Process keeps handles that are not closed, and cannot start a child once a thousand files are open.
            defer { for handle in handles { try? handle.close() } }

            let process = Process()
            process.executableURL = URL(fileURLWithPath: try self.program(program))
            process.arguments = arguments
            process.environment = environment
            if let directory { process.currentDirectoryURL = directory }
            (process.standardInput, process.standardOutput, process.standardError) = (
                handles[0], handles[1], handles[2]
            )
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
            return ChildResult(
                code: code, stdout: try Data(contentsOf: files[1]), stderr: try Data(contentsOf: files[2]))
        }
    }
}
