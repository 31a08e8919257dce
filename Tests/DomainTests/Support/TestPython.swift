import Foundation

/// The Python that has the packages of the tests' requirements.txt.
enum TestPython {
    /// Runs a script and decodes the JSON it prints.
    ///
    /// - Throws: ``ChildProcess/Missing`` where `KEYLESS_TEST_PYTHON` names no Python, ``Failed`` where the script fails.
    static func run<Answer: Decodable>(
        _ script: String, _ arguments: [String] = [], input: [UInt8] = [], environment: [String: String] = [:],
        as _: Answer.Type = Answer.self
    ) async throws -> Answer {
        guard let python = ProcessInfo.processInfo.environment["KEYLESS_TEST_PYTHON"] else {
            throw ChildProcess.Missing(description: "KEYLESS_TEST_PYTHON is not set: run scripts/test, which sets it")
        }
        let result = try await ChildProcess.run(
            python, ["-c", script] + arguments, input: input,
            environment: environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { named, _ in named })
        guard result.status == 0 else { throw Failed(description: result.errorText) }
        return try JSONDecoder().decode(Answer.self, from: result.output)
    }

    /// The script ended with an error; what it printed.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }
}
