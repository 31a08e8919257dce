import Emulator
import TestSupport

/// A sandbox in which `keyless setup-provider` runs as an administrator, and can be killed at a request.
struct SetupBench: ~Copyable {
    private let disturbed: DisturbedSandbox

    /// - Parameters:
    ///   - disturbance: what happens to one call that changes something, and which one, from 0.
    ///   - isOnline: whether issuers can be asked.
    ///   - prepare: what the accounts are like.
    static func start(
        _ disturbance: (kind: Disturbance, call: Int)? = nil, isOnline: Bool, prepare: (inout AWSWorld) -> Void
    ) async throws -> SetupBench {
        var options = Sandbox.Options()
        // There are hundreds of runs, and half of the time of one is TLS.
        (options.hasIssuerProxy, options.isPlainHTTP) = (isOnline, !isOnline)
        let bench = SetupBench(disturbed: try await .start(options, of: FaultPlan.write, disturbance))
        bench.sandbox.changeAWS(prepare)
        return bench
    }

    var sandbox: Sandbox { disturbed.sandbox }

    /// Runs it once.
    ///
    /// - Returns: how it ended, and the calls that changed something or would have.
    func run(_ arguments: [String]) async throws -> (result: ChildResult, writes: [String]) {
        let before = sandbox.log.count(FaultPlan.write)
        let result = try await disturbed.keyless(
            "setup-provider", ["--yes"] + arguments, files: ["policy.json": Self.policy])
        return (result, sandbox.log.records(of: FaultPlan.write).dropFirst(before).map(\.operation))
    }

    /// What `--policy policy.json` names.
    private static let policy = """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
        """
}
