import Emulator
import Foundation
import TLSCrypto
import TestSupport
import Testing

/// Programs that nobody here wrote, in front of the built binary or behind it.
@Suite struct ConsumerTests {
    static let directory = Script.directory.appendingPathComponent("consumers")

    @Test("moto's STS answers the same calls, and checks the signatures of the signed ones")
    func motoAnswers() async throws {
        let run = try await Child.run(
            TestPython.path(), [Self.directory.appendingPathComponent("moto_sts.py").path, Child.product("keyless")],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""],
            directory: FileManager.default.temporaryDirectory)
        #expect(run.code == 0, "\(run.err)")
        #expect(run.out == "arn:aws:sts::123456789012:assumed-role/second/from-keyless\n")
    }

    @Test("IAM as others play it is set up, set right and left as it was", arguments: ["moto", "ministack"])
    func setupProvider(backend: String) async throws {
        let run = try await Child.run(
            TestPython.path(),
            [Self.directory.appendingPathComponent("setup_provider.py").path, Child.product("keyless"), backend],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""],
            directory: FileManager.default.temporaryDirectory)
        #expect(run.code == 0, "\(run.err)")
    }

    @Test(
        "a key is rotated and brought back at IAM and Secrets Manager as others play them",
        arguments: ["moto", "ministack"])
    func rotate(backend: String) async throws {
        let sandbox = try await Sandbox.start()
        var environment = sandbox.environment.merging(sandbox.administratorEnvironment) { $1 }
        environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        environment["TRUST"] = sandbox.trustedHostArguments.joined(separator: " ")
        let run = try await Child.run(
            TestPython.path(),
            [Self.directory.appendingPathComponent("rotate.py").path, Child.product("keyless"), backend],
            environment: environment, directory: FileManager.default.temporaryDirectory)
        #expect(run.code == 0, "\(run.err)")
        // The key that is stored there is the one in the connection here, the secret too, which Azure DevOps never shows.
        let held = sandbox.azure[connection: "aws-prod"]?.parameters ?? [:]
        let digest = Digest.sha256(Array(held["password", default: ""].utf8)).map { String(format: "%02x", $0) }
        #expect(run.out == "\(held["username", default: ""]) \(digest.joined())\n")
        await sandbox.stop()
    }

    @Test(
        "a setup written as code passes linters, and CloudFormation as others play it makes what --yes makes",
        arguments: ["forms", "moto", "ministack"])
    func emission(what: String) async throws {
        let run = try await Child.run(
            TestPython.path(),
            [Self.directory.appendingPathComponent("emission.py").path, Child.product("keyless"), what],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""],
            directory: FileManager.default.temporaryDirectory)
        #expect(run.code == 0, "\(run.err)")
    }
}
