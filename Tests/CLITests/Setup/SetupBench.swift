import Emulator
import Foundation

/// A sandbox in which `keyless setup-provider` runs as an administrator, and can be killed at a request.
struct SetupBench: ~Copyable {
    let sandbox: Sandbox
    private let killer: Killer
    private let directory: TemporaryDirectory

    /// - Parameters:
    ///   - disturbance: what happens to one call that changes something, and which one, from 0.
    ///   - isOnline: whether issuers can be asked.
    ///   - prepare: what the accounts are like.
    static func start(
        _ disturbance: (kind: Disturbance, call: Int)? = nil, isOnline: Bool, prepare: (inout AWSWorld) -> Void
    ) async throws -> SetupBench {
        let killer = Killer()
        var options = Sandbox.Options()
        // There are hundreds of runs, and half of the time of one is TLS.
        (options.hasIssuerProxy, options.isPlainHTTP) = (isOnline, !isOnline)
        if disturbance?.kind == .killedBefore { options.onRequest = { if $0.fault != nil { killer.kill() } } }
        if disturbance?.kind == .killedAfter { options.onAnswer = { if $0.fault != nil { killer.kill() } } }
        let sandbox = try await Sandbox.start(options)
        sandbox.changeAWS(prepare)
        if let disturbance {
            sandbox.faults.add(try FaultRule("write=\(disturbance.kind.rule)@\(disturbance.call + 1)"))
        }
        return SetupBench(sandbox: sandbox, killer: killer, directory: try TemporaryDirectory())
    }

    /// Runs it once.
    ///
    /// - Returns: how it ended, and the calls that changed something or would have.
    func run(_ arguments: [String]) async throws -> (result: ChildResult, writes: [String]) {
        let before = sandbox.log.count(FaultPlan.write)
        try Data(Self.policy.utf8).write(to: URL(fileURLWithPath: directory.file("policy.json")))
        let result = try await Child.run(
            Child.product("keyless"), ["setup-provider"] + sandbox.trustedHostArguments + ["--yes"] + arguments,
            environment: sandbox.environment.merging(sandbox.administratorEnvironment) { $1 },
            directory: URL(fileURLWithPath: directory.path), began: killer.began)
        return (result, sandbox.log.records(of: FaultPlan.write).dropFirst(before).map(\.operation))
    }

    /// What `--policy policy.json` names.
    private static let policy = """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
        """
}
