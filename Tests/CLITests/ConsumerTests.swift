import Foundation
import Testing

/// Programs that nobody here wrote, in front of the built binary or behind it.
@Suite struct ConsumerTests {
    static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("Consumers")

    @Test("moto's STS answers the same calls, and checks the signatures of the signed ones")
    func motoAnswers() async throws {
        let run = try await Child.run(
            Child.python(), [Self.directory.appendingPathComponent("moto_sts.py").path, Child.product("keyless")],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""],
            directory: FileManager.default.temporaryDirectory)
        #expect(run.code == 0, "\(run.err)")
        #expect(run.out == "arn:aws:sts::123456789012:assumed-role/second/from-keyless\n")
    }

    @Test("IAM as others play it is set up, set right and left as it was", arguments: ["moto", "ministack"])
    func setupProvider(backend: String) async throws {
        let run = try await Child.run(
            Child.python(),
            [Self.directory.appendingPathComponent("setup_provider.py").path, Child.product("keyless"), backend],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""],
            directory: FileManager.default.temporaryDirectory)
        #expect(run.code == 0, "\(run.err)")
    }

    @Test(
        "a setup written as code passes linters, and CloudFormation as others play it makes what --yes makes",
        arguments: ["forms", "moto", "ministack"])
    func emission(what: String) async throws {
        let run = try await Child.run(
            Child.python(),
            [Self.directory.appendingPathComponent("emission.py").path, Child.product("keyless"), what],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""],
            directory: FileManager.default.temporaryDirectory)
        #expect(run.code == 0, "\(run.err)")
    }
}
