import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Trying again")
struct RetrierTests {
    struct Fault: RetryableError, Equatable {
        let number: Int
        let retryAdvice: RetryAdvice
    }

    private let time = ManualClock()

    private func retrier(_ budget: Duration = .seconds(3600), fraction: Double = 0.5) -> Retrier {
        Retrier(time: time, random: FixedRandom(fraction), deadline: Deadline(in: budget, of: time))
    }

    /// Fails with each advice in turn, then returns how many attempts there were.
    private func run(
        _ retrier: Retrier, failing advices: [RetryAdvice], taking: Duration = .zero,
        onAttempt: @Sendable (HTTPLimits) -> Void = { _ in }
    ) async throws(Fault) -> Int {
        var number = 0
        return try await retrier.run { (limits) throws(Fault) in
            onAttempt(limits)
            time.advance(by: taking)
            number += 1
            if number <= advices.count { throw Fault(number: number, retryAdvice: advices[number - 1]) }
            return number
        }
    }

    @Test("is not done where the first try succeeds")
    func success() async throws {
        #expect(try await run(retrier(), failing: []) == 1)
        #expect(time.sleeps.isEmpty)
    }

    @Test("is not done where the answer would be the same")
    func never() async {
        await #expect(throws: Fault(number: 1, retryAdvice: .never)) { try await run(retrier(), failing: [.never]) }
        await #expect(throws: Fault(number: 2, retryAdvice: .never)) {
            try await run(retrier(), failing: [.transient, .never])
        }
        #expect(time.sleeps.count == 1)
    }

    @Test("waits up to 100 ms, doubled each time, at most 20 s", arguments: [0, 0.25, 0.5, 0.999])
    func transient(fraction: Double) async throws {
        #expect(try await run(retrier(fraction: fraction), failing: Array(repeating: .transient, count: 12)) == 13)
        let bounds = [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 20_000, 20_000, 20_000, 20_000]
        #expect(time.sleeps == bounds.map { .milliseconds($0) * fraction })
    }

    @Test("waits up to 1 s, doubled each time, where the service throttles without saying how long")
    func throttled() async throws {
        let advices = [RetryAdvice](repeating: .throttled(after: nil), count: 7)
        #expect(try await run(retrier(fraction: 0.5), failing: advices) == 8)
        #expect(time.sleeps == [0.5, 1, 2, 4, 8, 10, 10].map { .seconds($0) })
    }

    @Test("tries three times at most what will more likely not pass")
    func doubtful() async throws {
        #expect(try await run(retrier(), failing: [.doubtful, .doubtful]) == 3)
        #expect(time.sleeps == [.milliseconds(50), .milliseconds(100)])
        await #expect(throws: Fault(number: 3, retryAdvice: .doubtful)) {
            try await run(retrier(), failing: Array(repeating: .doubtful, count: 9))
        }
        #expect(time.sleeps.count == 4)
    }

    @Test("waits exactly as long as Retry-After says")
    func retryAfter() async throws {
        let advices: [RetryAdvice] = [.transient, .throttled(after: .seconds(7)), .throttled(after: .seconds(90))]
        #expect(try await run(retrier(), failing: advices) == 4)
        #expect(time.sleeps == [.milliseconds(50), .seconds(7), .seconds(90)])
    }

    @Test("does not hammer a service whose Retry-After is zero")
    func retryAfterZero() async throws {
        #expect(try await run(retrier(), failing: [.throttled(after: .zero), .throttled(after: .zero)]) == 3)
        #expect(time.sleeps == [.milliseconds(500), .seconds(1)])
    }

    @Test("never passes the deadline, whatever the attempts take", arguments: [0, 1, 5, 30])
    func deadline(seconds: Int) async {
        let (start, budget) = (time.uptime(), Duration.seconds(60))
        let limits = Mutex<[Duration]>([])
        await #expect(throws: Fault.self) {
            try await run(
                retrier(budget), failing: Array(repeating: .transient, count: 1000), taking: .seconds(seconds)
            ) { given in limits.withLock { $0.append(given.total) } }
        }
        let given = limits.withLock { $0 }
        #expect(given.first == budget)
        #expect(given.allSatisfy { $0 > .zero })
        #expect(given == given.sorted(by: >), "each try is given what is left, and no more")
        #expect(time.uptime() - start <= budget + .seconds(seconds), "only the last try may have run into it")
    }

    @Test("is given up at once where the wait would pass the deadline")
    func tooLong() async {
        await #expect(throws: Fault.self) {
            try await run(retrier(.seconds(60)), failing: [.throttled(after: .seconds(60))])
        }
        #expect(time.sleeps.isEmpty)
    }

    @Test("is given up by a sleeper who wakes after the deadline")
    func overslept() async {
        let time = ManualClock(oversleep: .seconds(61))
        let retrier = Retrier(
            time: time, random: FixedRandom(0.5), deadline: Deadline(in: .seconds(60), of: time))
        await #expect(throws: Fault(number: 1, retryAdvice: .transient)) {
            try await run(retrier, failing: [.transient])
        }
        #expect(time.sleeps.count == 1)
    }

    @Test("is announced before each wait, with the fault, the number of the try and the delay")
    func announcements() async throws {
        let told = Mutex<[String]>([])
        let retrier = Retrier(
            time: time, random: FixedRandom(0.5), deadline: Deadline(in: .seconds(60), of: time)
        ) { [time] error, number, delay in
            told.withLock { $0.append("\((error as? Fault)?.number ?? 0) \(number) \(delay) \(time.sleeps.count)") }
        }
        _ = try await run(retrier, failing: [.transient, .throttled(after: .seconds(3))])
        #expect(told.withLock { $0 } == ["1 1 \(Duration.milliseconds(50)) 0", "2 2 \(Duration.seconds(3)) 1"])
    }

    @Test("ends when the task is cancelled, with the fault that was to be retried")
    func cancellation() async {
        let time = ManualClock(sleepers: .waiting)
        let retrier = Retrier(
            time: time, random: FixedRandom(0.5), deadline: Deadline(in: .seconds(60), of: time))
        let task = Task {
            try await retrier.run { (_) throws(Fault) -> Int in throw Fault(number: 1, retryAdvice: .transient) }
        }
        await time.isAsleep()
        task.cancel()
        await #expect(throws: Fault(number: 1, retryAdvice: .transient)) { try await task.value }
    }
}
