import Emulator
import Foundation
import Testing
import TestSupport

/// What there is, and what the command is to do about it.
struct RotationScenario: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Of `rotate`, besides what all have.
    var arguments: [String] = []
    /// What the secret holds before; `{id}` and `{secret}` stand for those of the connection's key.
    var secret: String?
    /// The arguments of a run before, in the same world.
    var preparation: [String]?
    /// How long ago that was.
    var age: TimeInterval = 0
    /// Whether only what comes after the rotation is disturbed, since others have the rest.
    var isAfterRotation = false
    /// Whether every run rotates.
    var isEndless = false

    private static let kept = #"{"AccessKeyId": "{id}", "SecretAccessKey": "{secret}"}"#
    private static let day: TimeInterval = 86_400

    static let all = [
        RotationScenario(testDescription: "the secret is empty"),
        RotationScenario(
            testDescription: "the key of an earlier rotation is to go first", secret: kept, preparation: [],
            age: 2 * day),
        RotationScenario(
            testDescription: "the secret holds other things too",
            secret: """
                {"aws_access_key_id": "{id}", "aws_secret_access_key": "{secret}", "region": "eu-central-1",
                 "limits": {"rates": [1, 2.5, null, true], "note": "é \\"quoted\\""}, "UserName": "ci-deploy"}
                """),
        RotationScenario(
            testDescription: "the way back", arguments: ["--rollback"], secret: kept, preparation: []),
        RotationScenario(
            testDescription: "the grace is over", arguments: ["--older-than", "7d"], secret: kept, preparation: [],
            age: 2 * day),
        RotationScenario(
            testDescription: "the end of the grace is waited for", arguments: ["--grace", "1s", "--wait"],
            secret: kept, isAfterRotation: true, isEndless: true),
    ]

    /// How it goes where nothing is in its way.
    func undisturbed() async throws -> Course {
        let what = Comment(rawValue: "\(testDescription), undisturbed")
        let first = try await RotationBench.start()
        prepare(first.sandbox)
        if let preparation { #expect(try await first.run(preparation, what).code == 0, what) }
        var before = first.world
        before.age(by: age)
        await first.sandbox.stop()

        let bench = try await RotationBench.start(from: before)
        let start = bench.sandbox.connectionState
        bench.sandbox.useConnections()
        let result = try await bench.run(arguments, what)
        #expect(result.code == 0, "\(what): \(result.err)")
        #expect(bench.commandLines.contains { $0.contains(" rotate ") }, what)
        #expect(!bench.sandbox.notifications.isEmpty, what)
        let course = Course(
            scenario: self, before: before, start: start, calls: bench.calls, after: bench.sandbox.connectionState)
        course.checkOrder(bench.world, bench.sandbox.connectionUse, what)
        try await course.checkNext(bench, what)
        await bench.sandbox.stop()
        return course
    }

    private func prepare(_ sandbox: Sandbox) {
        let key = sandbox.aws[user: RotationWorld.user]?.accessKeys.first
        let text = secret?.replacing("{id}", with: key?.id ?? "").replacing("{secret}", with: key?.secret ?? "")
        sandbox.changeAWS { world in
            world.addSecret(
                name: RotationWorld.secret,
                versions: text.map { [AWSWorld.SecretVersion(.text($0), stages: ["AWSCURRENT"])] } ?? [])
            world.accessKeyPropagation = [false, true, false, false]
        }
        sandbox.changeAzure { world in
            world.readyAfterReads = 2
            world[connection: RotationWorld.connection]?.description = "what the shop deploys with"
            world[connection: RotationWorld.connection]?.data = ["note": "kept"]
            world[connection: RotationWorld.connection]?.parameters["assumeRoleArn"] = Sandbox.RoleARN.deploy
            world[connection: RotationWorld.connection]?.parameters["externalId"] = "shop"
            world[connection: RotationWorld.connection]?.references.append(
                .init(project: "Platform", name: "aws-of-shop", description: "theirs"))
        }
    }
}
