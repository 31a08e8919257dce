import Emulator
import Foundation
import TestSupport
import Testing

/// A sandbox in which `keyless rotate` runs, and no secret may be where others see it.
struct RotationBench: Sendable {
    private let disturbed: DisturbedSandbox
    private let inherited: [String]

    /// - Parameters:
    ///   - disturbance: what happens to one call, and to which one, from 0.
    ///   - world: what there is; what a sandbox has at first without.
    static func start(
        _ disturbance: (kind: Disturbance, call: Int)? = nil, from world: RotationWorld? = nil
    ) async throws -> RotationBench {
        var options = Sandbox.Options()
        options.isPlainHTTP = true
        let bench = RotationBench(
            disturbed: try await .start(options, of: FaultPlan.call, disturbance), inherited: world?.canaries ?? [])
        world?.fill(bench.sandbox)
        return bench
    }

    var sandbox: Sandbox { disturbed.sandbox }
    var world: RotationWorld { RotationWorld(sandbox) }
    var disturbances: AsyncStream<Void> { disturbed.disturbances }
    var commandLines: Set<String> { disturbed.commandLines }

    /// Runs it once, and looks for secrets.
    func run(_ arguments: [String], _ what: Comment) async throws -> ChildResult {
        let place = [
            "--user-name", RotationWorld.user, "--secret-id", RotationWorld.secret, "--organization", "contoso",
            "--project", "Web Shop", "--service-connection", RotationWorld.connection,
        ]
        let acceptance = ["--accepted-times", "3", "--accepted-over", "60ms"]
        let slack = sandbox.slackWebhookURL
        let result = try await disturbed.keyless(
            "rotate", place + acceptance + ["--yes", "--verbose"] + arguments,
            variables: ["SLACK_WEBHOOK_URL": slack, "KEYLESS_WEBHOOK_URL": sandbox.webhookURL])
        let shown = [result.out, result.err] + sandbox.notifications.map(\.body) + commandLines
        for canary in inherited + sandbox.canaries where shown.contains(where: { $0.contains(canary) }) {
            Issue.record("a secret is where others see it, \(canary.prefix(12))…: \(what)")
        }
        return result
    }

    /// The operations that were called so far.
    var calls: [String] { sandbox.log.records(of: FaultPlan.call).map(\.operation) }
}
