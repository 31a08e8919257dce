import Domain
import FoundationEssentials

/// The machine's clocks.
struct SystemTime: TimeSource {
    private static let start = ContinuousClock.now

    func now() -> Date { Date() }

    func uptime() -> Duration { ContinuousClock.now - Self.start }

    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
