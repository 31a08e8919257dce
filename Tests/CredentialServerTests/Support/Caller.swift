import Foundation
import TestSupport

/// A program of `Callers/`, which starts a server in a process of its own and looks at it from outside.
enum Caller {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Callers")

    /// What it printed.
    ///
    /// - Throws: ``Failure`` where it ended with another code than 0.
    static func run(_ name: String) async throws -> String {
        let run = try await Child.run(
            TestPython.path(), directory.appending(path: "\(name).py").path, Child.product("CredentialServerHost"))
        guard run.code == 0 else { throw Failure(description: run.out + run.err) }
        return run.out
    }

    /// What a program printed that failed.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
