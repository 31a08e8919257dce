import Domain
import FoundationEssentials
import Synchronization

/// A clock that stands still until it is set. Its uptime follows its time of day.
final class TestClock: TimeSource {
    private let start: Date
    private let current: Mutex<Date>

    init(_ date: Date) {
        start = date
        current = Mutex(date)
    }

    func set(_ date: Date) { current.withLock { $0 = date } }

    func now() -> Date { current.withLock { $0 } }

    func uptime() -> Duration { .seconds(now().timeIntervalSince(start)) }

    func sleep(for duration: Duration) async throws {
        current.withLock { $0 += TimeInterval(duration.components.seconds) }
    }
}
