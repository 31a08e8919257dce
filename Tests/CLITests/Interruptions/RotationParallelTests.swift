import Emulator
import Testing
import TestSupport

@testable import Operations

/// Two runs that know nothing of each other.
@Suite("Two runs of rotate at once")
struct RotationParallelTests {
    /// So many sandboxes are open at once.
    private static let slots = Slots(8)
    /// What a run may end with that meets another one. Of a key that is gone meanwhile, IAM says that it may not be
    /// asked about.
    private static let exitCodes: Set<Int32> = [0, 65, 69, 77, 79]

    @Test("leave a connection that works, and the next run ends it in order", arguments: RotationScenario.all.prefix(4))
    func atOnce(scenario: RotationScenario) async throws {
        let course = try await scenario.undisturbed()
        let what = Comment(rawValue: "\(scenario.testDescription), two runs at once")
        let bench = try await RotationBench.start(from: course.before)
        bench.sandbox.useConnections()
        async let one = bench.run(scenario.arguments + Self.patience, what)
        async let other = bench.run(scenario.arguments + Self.patience, what)
        let codes = Set([try await one.code, try await other.code])
        #expect(codes.isSubset(of: Self.exitCodes), "\(what): \(codes)")
        try await checkNext(bench, course, what)
    }

    @Test(
        "do so where one is held up at any call while the other goes all the way",
        arguments: RotationScenario.all.prefix(4))
    func heldUp(scenario: RotationScenario) async throws {
        let course = try await scenario.undisturbed()
        let errors = await Concurrently.map(Array(course.calls.indices), in: Self.slots) { call -> (any Error)? in
            let what = "held up at call \(call + 1) of \(course.calls.count), \(course.calls[call])"
            do { try await run(course, what, faults: ["call=delay-2s@\(call + 1)"]) } catch { return error }
            return nil
        }
        for error in errors.compactMap(\.self) { throw error }
    }

    /// Where one acts on what it saw before the other changed it.
    enum Meeting: String, CaseIterable {
        case deletesAnOrphan = "one finds a key that the other is about to store, and would delete it later"
        case findsNoPlace = "one finds no place for its key, and would delete the other's later"
        case connectsWhatIsGone = "one is about to connect a key that the other deletes on its way back"

        var faults: [String] {
            switch self {
            case .deletesAnOrphan: ["CreateAccessKey=delay-1s", "GetAccessKeyLastUsed=delay-4s"]
            case .findsNoPlace:
                ["PutSecretValue=delay-2s", "CreateAccessKey=delay-4s", "GetAccessKeyLastUsed=delay-5s"]
            // After that of the administrator, and the six before the key was accepted for the last time.
            case .connectsWhatIsGone: ["GetCallerIdentity=delay-3s@8"]
            }
        }

        var otherArguments: [String] { self == .connectsWhatIsGone ? ["--rollback"] : [] }
    }

    @Test("do so where one acts on what is no longer so", arguments: Meeting.allCases)
    func meeting(meeting: Meeting) async throws {
        let course = try await RotationScenario.all[0].undisturbed()
        try await run(course, meeting.rawValue, faults: meeting.faults, meeting.otherArguments)
    }

    /// Begins a run, and another one once it meets the first fault.
    private func run(
        _ course: RotationScenario.Course, _ meeting: String, faults: [String], _ otherArguments: [String] = []
    ) async throws {
        let scenario = course.scenario
        let what = Comment(rawValue: "\(scenario.testDescription): \(meeting)")
        let bench = try await RotationBench.start(from: course.before)
        bench.sandbox.useConnections()
        for fault in faults { bench.sandbox.faults.add(try FaultRule(fault)) }
        async let one = bench.run(scenario.arguments + Self.patience, what)
        for await _ in bench.disturbances { break }
        let other = try await bench.run(scenario.arguments + Self.patience + otherArguments, what)
        #expect(Self.exitCodes.contains(other.code), "\(what): the other one: \(other.code): \(other.err)")
        let first = try await one
        #expect(Self.exitCodes.contains(first.code), "\(what): \(first.code): \(first.err)")
        bench.sandbox.faults.clear()
        try await checkNext(bench, course, what)
    }

    /// The other may delete the key that one waits for.
    private static let patience = ["--accepted-within", "6s"]

    private func checkNext(_ bench: RotationBench, _ course: RotationScenario.Course, _ what: Comment) async throws {
        let last = try await bench.run(course.scenario.arguments, what)
        #expect(last.code == 0, "\(what), the next run: \(last.err)")
        course.checkOrder(bench.world, bench.sandbox.connectionUse, what)
        await bench.sandbox.stop()
    }
}
