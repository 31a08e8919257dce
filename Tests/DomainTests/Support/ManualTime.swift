import Domain
import Foundation
import Synchronization

/// A clock that stands still until somebody sleeps or the test moves it.
final class ManualTime: TimeSource {
    private let state = Mutex<(uptime: Duration, sleeps: [Duration])>((.seconds(1000), []))
    /// How much later than asked a sleeper wakes.
    private let oversleep: Duration

    init(oversleep: Duration = .zero) { self.oversleep = oversleep }

    /// Every wait, in order.
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func advance(by duration: Duration) { state.withLock { $0.uptime += duration } }

    func now() -> Date { Date(timeIntervalSince1970: 1_800_000_000) }

    func uptime() -> Duration { state.withLock { $0.uptime } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        state.withLock {
            $0.sleeps.append(duration)
            $0.uptime += duration + oversleep
        }
    }
}

/// Always the same number.
struct FixedRandom: RandomSource {
    let value: Double

    func fraction() -> Double { value }
}
