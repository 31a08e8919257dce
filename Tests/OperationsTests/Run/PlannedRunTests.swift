import Domain
import LinuxSystem
import Synchronization
import TestSupport
import Testing

@testable import Operations

/// What is there: a value for each part, and what is wanted of all. What somebody else does to it comes after so many
/// looks.
private final class World: Sendable {
    struct State {
        var values: [Int]
        var applied: [Int] = []
        var questions: [String] = []
    }

    let state: Mutex<State>

    init(_ values: [Int]) { state = Mutex(State(values: values)) }

    var values: [Int] { state.withLock(\.values) }
    var applied: [Int] { state.withLock(\.applied) }
    var questions: Int { state.withLock(\.questions.count) }

    func set(_ index: Int, to value: Int) { state.withLock { $0.values[index] = value } }
}

/// Every part's value is to become 0, by as many steps as it is away from it; a negative one cannot be looked at, and
/// one of more than 100 cannot be changed.
private struct ZeroWork: PlannedWork {
    struct Part: PlannedPart {
        let index: Int
        var plan: Int
        var status: PartStatus
        var error: ErrorReport?
    }

    let world: World
    let noun = "value"
    let slots = Slots(4)
    var isTooMuchToRead = false
    /// What makes the list of parts break off.
    var failure: ErrorReport?

    func look(then next: @escaping @Sendable (Part) async -> Part) async throws -> (
        parts: [Part], failure: (any Error)?
    ) {
        var parts: [Part] = []
        for index in world.values.indices { parts.append(await next(part(index))) }
        return (parts, failure)
    }

    func lookAgain(at part: Part) async -> Part { self.part(part.index) }

    private func part(_ index: Int) -> Part {
        let value = world.values[index]
        if value < 0 { return Part(index: index, plan: 0, status: .failed, error: ErrorReport(.refused, "no look")) }
        return Part(index: index, plan: value, status: value == 0 ? .unchanged : .toChange)
    }

    func apply(_ part: Part) async -> Part {
        var part = part
        if part.plan > 100 {
            (part.status, part.error) = (.failed, ErrorReport(.unavailable, "too much", hints: ["less"]))
            return part
        }
        world.state.withLock {
            $0.values[part.index] = 0
            $0.applied.append(part.plan)
        }
        part.status = .changed
        return part
    }

    func text(of parts: [Part], isResult: Bool) -> String? {
        "\(isResult ? "result" : "plan") \(parts.map { "\($0.plan)" }.joined(separator: " "))\n"
    }

    func json(of parts: [Part]) -> String { "{\"statuses\": \"\(parts.map(\.status.rawValue))\"}\n" }

    func conclude(_ parts: [Part]) {}
}

@Suite("A planned run") struct PlannedRunTests {
    private let output = RecordedStream()
    private let error = RecordedStream()

    /// Runs it, `meanwhile` and the answer coming at each question.
    private func run(
        _ world: World, _ mode: ChangeRequest.Mode, output form: OutputForm = .text, isTooMuchToRead: Bool = false,
        failure: ErrorReport? = nil, answering answer: Bool? = true,
        meanwhile: @escaping @Sendable (World) -> Void = { _ in }
    ) async throws -> PlannedResult<ZeroWork.Part> {
        var context = Context.test([:], error: error)
        context.standardOutput = output
        if let answer {
            context.confirm = { question in
                world.state.withLock { $0.questions.append(question) }
                meanwhile(world)
                return answer
            }
        }
        let work = ZeroWork(world: world, isTooMuchToRead: isTooMuchToRead, failure: failure)
        return try await PlannedRun(
            work: work, change: ChangeRequest(mode, output: form), context: context,
            console: Console(context, verbosity: .normal, output: form)
        ).run()
    }

    @Test("only shows with --dry-run, and with --check", arguments: [ChangeRequest.Mode.show, .check])
    func shows(mode: ChangeRequest.Mode) async throws {
        let world = World([3, 0])
        let result = try await run(world, mode)
        #expect(output.text == "plan 3 0\n")
        #expect(world.values == [3, 0] && world.questions == 0)
        if mode == .check {
            #expect { try result.finish() } throws: { ($0 as? ErrorReport)?.code == .checkFailed }
        } else {
            try result.finish()
        }
    }

    @Test("asks once, and applies what was agreed to")
    func agrees() async throws {
        let world = World([3])
        try await run(world, .ask).finish()
        #expect(world.questions == 1 && world.applied == [3] && world.values == [0])
    }

    @Test("does not ask where there is nothing to do")
    func nothing() async throws {
        let world = World([0, 0])
        try await run(world, .ask).finish()
        #expect(world.questions == 0 && world.applied.isEmpty)
    }

    @Test("shows a plan that has become another one, and asks about that")
    func asksAgain() async throws {
        let world = World([3])
        try await run(world, .ask) { if $0.questions == 1 { $0.set(0, to: 5) } }.finish()
        #expect(world.questions == 2 && world.applied == [5])
        #expect(output.text == "plan 3\nplan 5\n")
        #expect(error.text.contains("the plan has changed"))
    }

    @Test("applies another plan at once with --yes, once it was shown")
    func appliesAnother() async throws {
        let world = World([3])
        // Nobody is asked, so the change comes with the second look.
        let context = Context.test([:], error: error)
        let work = LateWork(world: world)
        try await PlannedRun(
            work: work, change: ChangeRequest(.apply), context: context,
            console: Console(context, verbosity: .normal)
        ).run().finish()
        #expect(world.applied == [7])
        #expect(error.text.contains("the plan has changed"))
    }

    @Test("leaves what somebody else has done already")
    func doneMeanwhile() async throws {
        let world = World([3])
        try await run(world, .ask) { $0.set(0, to: 0) }.finish()
        #expect(world.questions == 1 && world.applied.isEmpty)
    }

    @Test("does not call it a change where a second look fails")
    func unseen() async throws {
        let world = World([3])
        let result = try await PlannedRun(
            work: LateWork(world: world, isFailing: true), change: ChangeRequest(.apply),
            context: Context.test([:], error: error), console: Console(.test([:], error: error), verbosity: .normal)
        ).run()
        #expect { try result.finish() } throws: { ($0 as? ErrorReport)?.code == .unavailable }
        #expect(world.applied.isEmpty && !error.text.contains("the plan has changed"))
    }

    @Test("changes nothing where nobody agrees, or nobody is there")
    func refused() async throws {
        let world = World([3])
        for answer in [false, nil] {
            await #expect { try await run(world, .ask, answering: answer) } throws: {
                ($0 as? ErrorReport)?.code == .usage
            }
        }
        #expect(world.values == [3] && world.applied.isEmpty)
    }

    @Test("ends with 79 where one of several failed, and with its own code where it is the only one")
    func codes() async throws {
        let several = try await run(World([101, 2, -1]), .apply)
        #expect(several.parts.map(\.status) == [.failed, .changed, .failed])
        #expect { try several.finish() } throws: { error in
            let report = error as? ErrorReport
            return report?.code == .resumable
                && report?.message == "2 of 3 values failed, the first of them: too much"
                && report?.hints.count == 2
        }
        let one = try await run(World([101]), .apply)
        #expect { try one.finish() } throws: { ($0 as? ErrorReport)?.code == .unavailable }
        // Nothing was changed, so nothing is to be gone on with.
        let looked = try await run(World([-1, 2]), .show)
        #expect { try looked.finish() } throws: { error in
            let report = error as? ErrorReport
            return report?.code == .resumable && report?.hints.isEmpty == true
        }
    }

    @Test("prints one document for a program, and the plan for whoever is asked beside it")
    func json() async throws {
        let world = World([3])
        try await run(world, .ask, output: .json).finish()
        #expect(output.text == "{\"statuses\": \"[\"changed\"]\"}\n")
        #expect(error.text.hasPrefix("plan 3\n"))
    }

    @Test("goes to its end where the result cannot be written, and says that the changes were made")
    func unwritten() async throws {
        struct Full: LinuxSystem.OutputStream {
            func write(_ text: Secret) throws(SystemError) { throw SystemError("write", code: 28) }
        }
        let world = World([3])
        var context = Context.test([:], error: error)
        context.standardOutput = Full()
        let result = try await PlannedRun(
            work: ZeroWork(world: world), change: ChangeRequest(.apply, output: .json), context: context,
            console: Console(context, verbosity: .normal)
        ).run()
        #expect(world.applied == [3])
        #expect { try result.finish() } throws: { error in
            let report = error as? ErrorReport
            return report?.code == .unexpected && report?.hints == ["the changes were made"]
        }
    }

    @Test("changes each part at once where there are too many to read")
    func atOnce() async throws {
        let world = World([1, 2, 3])
        let failure = ErrorReport(.throttled, "the list broke off")
        await #expect {
            try await run(world, .apply, isTooMuchToRead: true, failure: failure)
        } throws: { ($0 as? ErrorReport)?.code == .resumable }
        #expect(world.applied == [1, 2, 3])
        #expect(output.text == "result 1 2 3\n")
    }

    @Test("changes nothing where the list of parts broke off and a person would have to agree")
    func brokenOff() async throws {
        let world = World([1])
        await #expect { try await run(world, .ask, failure: ErrorReport(.throttled, "broken off")) } throws: {
            ($0 as? ErrorReport)?.code == .throttled
        }
        #expect(world.applied.isEmpty && world.questions == 0)
    }
}

/// The same work, in which somebody else is at work between the two looks.
private struct LateWork: PlannedWork {
    let world: World
    let noun = "value"
    let slots = Slots(1)
    /// Whether the second look fails, in place of finding something else.
    var isFailing = false

    private var work: ZeroWork { ZeroWork(world: world) }

    func look(
        then next: @escaping @Sendable (ZeroWork.Part) async -> ZeroWork.Part
    ) async throws -> (parts: [ZeroWork.Part], failure: (any Error)?) { try await work.look(then: next) }

    func lookAgain(at part: ZeroWork.Part) async -> ZeroWork.Part {
        if isFailing {
            return ZeroWork.Part(
                index: part.index, plan: 0, status: .failed, error: ErrorReport(.unavailable, "no answer"))
        }
        world.set(part.index, to: 7)
        return await work.lookAgain(at: part)
    }

    func apply(_ part: ZeroWork.Part) async -> ZeroWork.Part { await work.apply(part) }
    func text(of parts: [ZeroWork.Part], isResult: Bool) -> String? { work.text(of: parts, isResult: isResult) }
    func json(of parts: [ZeroWork.Part]) -> String { work.json(of: parts) }
    func conclude(_ parts: [ZeroWork.Part]) {}
}
