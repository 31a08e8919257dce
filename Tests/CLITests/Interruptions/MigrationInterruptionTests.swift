import Emulator
import TestSupport
import Testing

/// `keyless migrate`, ended before and after each of its calls, and disturbed at each.
@Suite struct MigrationInterruptionTests {
    /// A way from one state to another.
    enum Course: String, CaseIterable, Sendable {
        case away = "to OIDC, and the key retired"
        case back = "back to the key, which is inactive"

        var arguments: [String] {
            let connection = ["--service-connection", "aws-prod"]
            return switch self {
            case .away: connection + ["--role-arn", Sandbox.RoleARN.deploy, "--retire-key"]
            case .back: connection + ["--undo", "--secret-access-key-file", "secret", "--accepted-over", "10ms"]
            }
        }
    }

    @Test(
        "leaves a connection that works, and the next run goes on to the end", arguments: Course.allCases,
        [Disturbance.killedBefore, .killedAfter, .status500, .throttled, .reset, .effectThenReset])
    func disturbed(course: Course, kind: Disturbance) async throws {
        let whole = try await Bench.start(course)
        let undisturbed = try await whole.run(course.arguments)
        #expect(undisturbed.code == 0, "\(undisturbed.err)")
        let (after, count) = (whole.sandbox.connectionState, whole.sandbox.log.count(FaultPlan.call) - whole.calls)
        await whole.sandbox.stop()
        try #require(count > 5)
        for call in 0..<count {
            let what = Comment(rawValue: "call \(call + 1) of \(count), \(kind.rawValue)")
            let bench = try await Bench.start(course, (kind, call))
            let first = try await bench.run(course.arguments)
            #expect(first.code == (kind.kills ? 128 + 9 : 0), what)
            #expect(bench.sandbox.faults.pending.isEmpty, what)
            #expect(bench.isUsable, what)
            let second = try await bench.run(course.arguments)
            #expect(second.code == 0, what)
            #expect(bench.sandbox.connectionState == after, what)
            let writes = bench.sandbox.log.count(FaultPlan.write)
            let third = try await bench.run(course.arguments)
            #expect(third.code == 0 && bench.sandbox.log.count(FaultPlan.write) == writes, what)
            await bench.sandbox.stop()
        }
    }

    /// A sandbox in the state that a course begins with.
    private struct Bench {
        private let disturbed: DisturbedSandbox
        /// How many calls it took to get there.
        let calls: Int
        private let secret: String

        static func start(
            _ course: Course, _ disturbance: (kind: Disturbance, call: Int)? = nil
        ) async throws -> Bench {
            var options = Sandbox.Options()
            // Half of the time of a run is TLS.
            options.isPlainHTTP = true
            let disturbed = try await DisturbedSandbox.start(options, of: FaultPlan.call, disturbance)
            let sandbox = disturbed.sandbox
            let key = try #require(sandbox.aws[user: "ci-deploy"]?.accessKeys.first)
            if course == .back { retire(key, in: sandbox) }
            return Bench(disturbed: disturbed, calls: sandbox.log.count(FaultPlan.call), secret: key.secret)
        }

        private static func retire(_ key: AWSWorld.UserKey, in sandbox: Sandbox) {
            sandbox.changeAWS { $0.changeAccessKey(key.id) { $0.status = .inactive } }
            sandbox.changeAzure { world in
                guard var connection = world[connection: "aws-prod"] else { return }
                connection.description = "[keyless: it had the access key \(key.id)]"
                connection.parameters.merge(
                    ["username": "", "password": "", "useOIDC": "true", "assumeRoleArn": Sandbox.RoleARN.deploy]
                ) { $1 }
                world[connection: "aws-prod"] = connection
            }
        }

        var sandbox: Sandbox { disturbed.sandbox }

        func run(_ arguments: [String]) async throws -> ChildResult {
            try await disturbed.keyless("migrate", arguments + ["--yes"], files: ["secret": secret])
        }

        /// Whether jobs get credentials: by OIDC with nothing of a key left, or by a key that is right and active.
        var isUsable: Bool {
            guard let parameters = sandbox.azure[connection: "aws-prod"]?.parameters else { return false }
            let (id, secret) = (parameters["username", default: ""], parameters["password", default: ""])
            guard parameters["useOIDC"] != "true" else {
                return id.isEmpty && secret.isEmpty && parameters["assumeRoleArn"] == Sandbox.RoleARN.deploy
            }
            guard let key = sandbox.aws[accessKey: id] else { return false }
            return key.secret == secret && key.status == .active
        }
    }
}
