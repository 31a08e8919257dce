import Domain
package import FoundationEssentials
import Synchronization

/// Two clocks that stand still until they are moved: the one that people set, and the one that they cannot.
package final class ManualClock: TimeSource {
    /// What becomes of those who sleep.
    package enum Sleepers: Sendable {
        /// They wake at once, and their time has passed.
        case passing
        /// They sleep until a test has let enough time pass, or their task is cancelled.
        case waiting
    }

    private struct Sleeper {
        let number: Int
        let end: Duration
        let wake: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var date: Date
        // Not zero, which would be the beginning of something.
        var uptime = Duration.seconds(1000)
        var sleeps: [Duration] = []
        var sleepers: [Sleeper] = []
        var watchers: [CheckedContinuation<Void, Never>] = []

        mutating func pass(_ duration: Duration) {
            uptime += duration
            date += duration / .seconds(1)
        }
    }

    private let state: Mutex<State>
    private let sleepers: Sleepers
    private let oversleep: Duration

    /// - Parameters:
    ///   - date: the time of day to begin with; 2027-01-15T08:00:00Z without.
    ///   - oversleep: how much later than asked those wake who wake at once.
    package init(
        _ date: Date = Date(timeIntervalSince1970: 1_800_000_000), sleepers: Sleepers = .passing,
        oversleep: Duration = .zero
    ) {
        state = Mutex(State(date: date))
        (self.sleepers, self.oversleep) = (sleepers, oversleep)
    }

    package func now() -> Date { state.withLock { $0.date } }

    package func uptime() -> Duration { state.withLock { $0.uptime } }

    package func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        switch sleepers {
        case .passing:
            state.withLock {
                $0.sleeps.append(duration)
                $0.pass(duration + oversleep)
            }
        case .waiting:
            let number = state.withLock { state in
                state.sleeps.append(duration)
                return state.sleeps.count
            }
            try await wait(for: duration, number)
        }
    }

    private func wait(for duration: Duration, _ number: Int) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wake in
                let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
                    // Whoever cancels from here on finds the sleeper.
                    guard !Task.isCancelled else { return nil }
                    state.sleepers.append(Sleeper(number: number, end: state.uptime + duration, wake: wake))
                    defer { state.watchers = [] }
                    return state.watchers
                }
                if watchers == nil { wake.resume(throwing: CancellationError()) }
                for watcher in watchers ?? [] { watcher.resume() }
            }
        } onCancel: {
            for sleeper in take({ $0.number == number }) { sleeper.wake.resume(throwing: CancellationError()) }
        }
    }

    private func take(_ isMeant: (Sleeper) -> Bool) -> [Sleeper] {
        state.withLock { state in
            defer { state.sleepers.removeAll(where: isMeant) }
            return state.sleepers.filter(isMeant)
        }
    }

    /// Every wait so far, in order.
    package var sleeps: [Duration] { state.withLock { $0.sleeps } }

    /// Returns once somebody waits.
    package func isAsleep() async {
        await withCheckedContinuation { watcher in
            let isAsleep = state.withLock { state in
                if state.sleepers.isEmpty { state.watchers.append(watcher) }
                return !state.sleepers.isEmpty
            }
            if isAsleep { watcher.resume() }
        }
    }

    /// Sets the clock that people set.
    package func set(_ date: Date) { state.withLock { $0.date = date } }

    /// Lets time pass by both clocks, and wakes whoever has waited long enough.
    package func advance(by duration: Duration) {
        let now = state.withLock { state in
            state.pass(duration)
            return state.uptime
        }
        for sleeper in take({ $0.end <= now }) { sleeper.wake.resume() }
    }

    /// Lets time pass until it is that time of day.
    package func advance(to date: Date) { advance(by: .seconds(date.timeIntervalSince(now()))) }
}
