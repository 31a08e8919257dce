import Emulator
import Foundation
import Testing
import TestSupport

extension RotationScenario {
    /// One whole run: from where, by which calls, to what.
    struct Course: Sendable {
        let scenario: RotationScenario
        let before: RotationWorld
        /// The lines of what there is at first.
        let start: [String]
        let calls: [String]
        /// The lines of what there is in the end.
        let after: [String]

        /// Those that are disturbed, from 0.
        var disturbedCalls: Range<Int> {
            let start = scenario.isAfterRotation ? calls.lastIndex(of: "UpdateSecretVersionStage").map { $0 + 1 } : 0
            return (start ?? 0)..<calls.count
        }

        /// Goes the same way with one call disturbed: after the next run all is in order, and was at every moment.
        func disturbed(by kind: Disturbance, at call: Int) async throws {
            let bench = try await RotationBench.start((kind, call), from: before)
            bench.sandbox.useConnections()
            let place = "\(scenario.testDescription): call \(call + 1) of \(calls.count)"
            var what = Comment(rawValue: "\(place), \(calls[call]), \(kind.rawValue)")
            // What is never answered, and what never passes, is waited for as long as that.
            let patience = kind.isPatient ? ["--timeout", "1s", "--accepted-within", "3s"] : []
            let first = try await bench.run(scenario.arguments + patience, what)
            // Calls at the same time come in any order.
            let met = bench.sandbox.log.records(of: FaultPlan.call).first { $0.fault != nil }
            what = Comment(rawValue: "\(place), \(met?.operation ?? "never called"), \(kind.rawValue)")
            #expect(met != nil, what)
            // Where the service connection cannot be read by its id any more, the list still tells that it is ready.
            let isSeenElsewhere = kind.isLasting && met?.operation == "serviceendpoint-get" && first.code == 0
            #expect(
                kind.exitCodes.contains(first.code) || isSeenElsewhere,
                "\(what): exit code \(first.code): \(first.err)")
            checkLeft(bench.world, first.code, kind, "\(what): exit code \(first.code): \(first.err)")
            bench.sandbox.faults.clear()

            if first.code != 0 && bench.sandbox.log.count(FaultPlan.write) == 0 {
                // The next run is the undisturbed one.
                #expect(bench.sandbox.connectionState == start, what)
                #expect(bench.sandbox.connectionUse.refusalCount == 0, what)
            } else {
                try await checkEnd(bench, first.code, kind, what)
            }
            await bench.sandbox.stop()
        }

        private func checkEnd(
            _ bench: RotationBench, _ code: Int32, _ kind: Disturbance, _ what: Comment
        ) async throws {
            if code != 0 {
                let second = try await bench.run(scenario.arguments, what)
                #expect(second.code == 0, "\(what), the second run: \(second.err)")
            }
            checkOrder(bench.world, bench.sandbox.connectionUse, what)
            #expect(bench.sandbox.connectionState == after, what)
            // A call that was made once more leaves no trace.
            if !kind.isTriedAgain { try await checkNext(bench, what) }
        }

        /// A run after that changes nothing, or rotates once more.
        func checkNext(_ bench: RotationBench, _ what: Comment) async throws {
            let writes = bench.sandbox.log.count(FaultPlan.write)
            let last = try await bench.run(scenario.arguments, what)
            #expect(last.code == 0, "\(what), the last run: \(last.err)")
            if !scenario.isEndless { #expect(bench.sandbox.log.count(FaultPlan.write) == writes, what) }
            checkOrder(bench.world, bench.sandbox.connectionUse, what)
        }

        /// What a run may leave that was not killed: where the connection has not got the new key, there is none.
        private func checkLeft(_ world: RotationWorld, _ code: Int32, _ kind: Disturbance, _ what: Comment) {
            guard !kind.kills, world.keyInConnection == before.keyInConnection else { return }
            let known = Set(before.keys.map(\.id))
            // What never passes may keep the run from taking it back; and what was not answered may come yet.
            if code == 79 && (kind.isLasting || kind == .effectThenSilence) { return }
            #expect(world.keys.allSatisfy { known.contains($0.id) }, what)
        }

        /// What must be so after the last run.
        func checkOrder(_ world: RotationWorld, _ use: ConnectionUse.Record, _ what: Comment) {
            let current = world.members(of: "AWSCURRENT") ?? [:]
            let (id, secret) =
                before.members(of: "AWSCURRENT")?["aws_access_key_id"] == nil
                ? ("AccessKeyId", "SecretAccessKey") : ("aws_access_key_id", "aws_secret_access_key")
            let key = world.keys.first { $0.id == world.keyInConnection }
            let parameters = world.azure[connection: RotationWorld.connection]?.parameters ?? [:]

            #expect(key?.status == .active, what)
            #expect(parameters["password"] == key?.secret, what)
            #expect(parameters["sessionToken"] == "", what)
            #expect(world.rest == before.rest, what)
            #expect(current[id] as? String == key?.id && current[secret] as? String == key?.secret, what)
            #expect(world.members(of: "AWSPENDING") == nil, what)
            let others = world.keys.filter { $0.id != world.keyInConnection }
            #expect(others.allSatisfy { $0.status == .inactive && world.isKnown($0.id) }, what)
            #expect(use.attempts > 0 && use.refusalCount == 0, "\(what): refused \(use.refusals)")
            let own = [id, secret, "UserName", "PreviousAccessKeyId", "KeylessRotation"]
            let rest = { (members: [String: Any]) in members.filter { !own.contains($0.key) } as NSDictionary }
            #expect(rest(current) == rest(before.members(of: "AWSCURRENT") ?? [:]), what)
        }
    }
}

extension Disturbance {
    /// Whether a run that meets it waits as long as it may.
    fileprivate var isPatient: Bool { self == .effectThenSilence || self == .lasting500 }

    /// Whether it is of a call that had no effect, and has it when it is made again.
    fileprivate var isTriedAgain: Bool { [.status500, .throttled, .reset].contains(self) }

    /// How a run may end that meets it: what can pass is tried again.
    fileprivate var exitCodes: Set<Int32> {
        switch self {
        case .killedBefore, .killedAfter: [128 + 9]
        case .status500, .throttled, .reset, .effectThenReset: [0]
        case .effectThenSilence: [0, 69, 79]
        case .lasting500: [69, 79]
        case .lastingRefusal: [77, 79]
        }
    }
}
