import Foundation

/// The Python that has the packages of the tests' requirements.txt.
package enum TestPython {
    /// Its path, from the variable `KEYLESS_TEST_PYTHON`.
    ///
    /// - Throws: ``TestSetupError`` where there is none.
    package static func path() throws -> String {
        guard let path = ProcessInfo.processInfo.environment["KEYLESS_TEST_PYTHON"] else {
            throw TestSetupError("KEYLESS_TEST_PYTHON is not set: run the tests with 'scripts/test'")
        }
        return path
    }

    /// Runs a script and decodes the JSON it prints.
    ///
    /// - Parameter environment: the whole of it, but for `PATH`.
    /// - Throws: ``TestSetupError`` where there is no Python, ``Failed`` where the script fails.
    package static func run<Answer: Decodable>(
        _ script: String, _ arguments: [String] = [], input: [UInt8] = [], environment: [String: String] = [:],
        as _: Answer.Type = Answer.self
    ) async throws -> Answer {
        let python = try path()
        let result = try await Places.children.lend {
            try await Child.run(
                python, ["-c", script] + arguments,
                environment: Child.path.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }.merging(environment) { $1 },
                input: Data(input))
        }
        guard result.code == 0 else { throw Failed(description: result.err) }
        return try JSONDecoder().decode(Answer.self, from: result.stdout)
    }

    /// The script ended with an error; what it printed.
    package struct Failed: Error, CustomStringConvertible {
        package let description: String
    }
}
