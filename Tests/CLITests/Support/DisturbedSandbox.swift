import Emulator
import Foundation
import TestSupport

/// A sandbox in which `keyless` runs as an administrator, and can be killed at a request.
struct DisturbedSandbox: Sendable {
    let sandbox: Sandbox
    /// An element for each call that is disturbed, when it comes.
    let disturbances: AsyncStream<Void>
    private let process: WatchedProcess
    private let directory: TemporaryDirectory

    /// - Parameters:
    ///   - options: what the sandbox is like.
    ///   - calls: which calls are counted: ``FaultPlan/write`` or ``FaultPlan/call``.
    ///   - disturbance: what happens to one of them, and to which one, from 0.
    static func start(
        _ options: Sandbox.Options, of calls: String, _ disturbance: (kind: Disturbance, call: Int)?
    ) async throws -> DisturbedSandbox {
        let process = WatchedProcess()
        var options = options
        let kind = disturbance?.kind
        let (disturbances, continuation) = AsyncStream.makeStream(of: Void.self)
        options.onRequest = {
            process.look()
            if $0.fault != nil { continuation.yield() }
            if kind == .killedBefore && $0.fault != nil { process.kill() }
        }
        options.onAnswer = { if kind == .killedAfter && $0.fault != nil { process.kill() } }
        let sandbox = try await Sandbox.start(options)
        if let disturbance {
            sandbox.faults.add(try FaultRule("\(calls)=\(disturbance.kind.rule)@\(disturbance.call + 1)"))
        }
        return DisturbedSandbox(
            sandbox: sandbox, disturbances: disturbances, process: process, directory: try TemporaryDirectory())
    }

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - arguments: those that name the sandbox's hosts come besides.
    ///   - variables: those of the environment that come besides.
    ///   - files: the contents of those in the directory it runs in, by name.
    func keyless(
        _ command: String, _ arguments: [String], variables: [String: String] = [:], files: [String: String] = [:]
    ) async throws -> ChildResult {
        for (name, contents) in files {
            try Data(contents.utf8).write(to: URL(fileURLWithPath: directory.file(name)))
        }
        return try await Child.run(
            Child.product("keyless"), [command] + sandbox.trustedHostArguments + arguments,
            environment: sandbox.environment.merging(sandbox.administratorEnvironment) { $1 }.merging(variables) { $1 },
            directory: URL(fileURLWithPath: directory.path), began: process.began)
    }

    /// The command lines of the processes that were there while requests came, as every user of the machine sees them.
    var commandLines: Set<String> { process.commandLines }
}
