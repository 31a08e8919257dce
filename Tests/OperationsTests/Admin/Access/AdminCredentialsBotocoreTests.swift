import Domain
import Foundation
import TestSupport
import Testing

@testable import AWS
@testable import Operations

/// The same files and environments, looked through by botocore and by us: real files, real programs.
@Suite struct AdminCredentialsBotocoreTests {
    private struct World: Decodable {
        let environment: [String: String]
        let profile: String?
        let outcome: String
    }

    @Test("250 generated worlds lead both to the same credentials, to none, or to an error")
    func same() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "keyless-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let script = Child.consumer("botocore_chain.py")
        let run = try await Child.run(
            TestPython.path(), [script, directory.path, "250"],
            environment: [
                "HOME": directory.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
                "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8",
            ], directory: directory)
        try #require(run.code == 0, "\(run.err)")
        let worlds = try JSONDecoder().decode([World].self, from: run.stdout)
        let outcomes = Set(worlds.map(\.outcome))
        #expect(worlds.count == 250 && outcomes.count > 30 && outcomes.isSuperset(of: ["none", "error"]))
        for world in worlds {
            let outcome = try await outcome(of: world)
            let files = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"].map {
                (try? String(contentsOfFile: world.environment[$0] ?? "", encoding: .utf8)) ?? ""
            }
            #expect(
                outcome.id == world.outcome,
                "\(outcome.why)\n--profile \(world.profile ?? "-")\n\(world.environment)\n\(files.joined(separator: "\n----\n"))"
            )
        }
    }

    private func outcome(of world: World) async throws -> (id: String, why: String) {
        let context = Context.test(world.environment, http: FakeAWS())
        let console = Console(context, verbosity: .quiet)
        let options = AdminSettings(profile: world.profile)
        let network = Network(try .test(context), context, console)
        do {
            let credentials = try await AdminCredentials(options, context, network, console).current()
            return (credentials.accessKeyID.exposedText, "found")
        } catch CredentialError.nothingFound {
            return ("none", "nothing")
        } catch {
            return ("error", ErrorReport(error).message)
        }
    }
}
