import Domain
import Foundation
import Synchronization

/// Clocks that stand still until they are moved, each by itself.
final class SteeredTime: TimeSource {
    private struct State {
        var wall = Date()
        var uptime = Duration.zero
        var sleepers: [(end: Duration, wake: CheckedContinuation<Void, Never>)] = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func now() -> Date { state.withLock { $0.wall } }

    func uptime() -> Duration { state.withLock { $0.uptime } }

    func sleep(for duration: Duration) async throws {
        await withCheckedContinuation { wake in
            let watchers = state.withLock { state in
                state.sleepers.append((state.uptime + duration, wake))
                defer { state.watchers = [] }
                return state.watchers
            }
            for watcher in watchers { watcher.resume() }
        }
        try Task.checkCancellation()
    }

    /// Returns once somebody sleeps.
    func isAsleep() async {
        await withCheckedContinuation { watcher in
            let isAsleep = state.withLock { state in
                if state.sleepers.isEmpty { state.watchers.append(watcher) }
                return !state.sleepers.isEmpty
            }
            if isAsleep { watcher.resume() }
        }
    }

    /// Sets the clock that people set.
    func set(back seconds: TimeInterval) { state.withLock { $0.wall.addTimeInterval(-seconds) } }

    /// Lets time pass, and wakes whoever has slept long enough.
    func pass(_ duration: Duration) {
        let woken = state.withLock { state in
            state.uptime += duration
            state.wall.addTimeInterval(duration / .seconds(1))
            let now = state.uptime
            let woken = state.sleepers.filter { $0.end <= now }
            state.sleepers.removeAll { $0.end <= now }
            return woken
        }
        for sleeper in woken { sleeper.wake.resume() }
    }

    /// Wakes everybody, for the end.
    func wakeAll() {
        let woken = state.withLock { state in
            defer { state.sleepers = [] }
            return state.sleepers
        }
        for sleeper in woken { sleeper.wake.resume() }
    }
}
