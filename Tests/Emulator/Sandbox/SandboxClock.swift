import Domain
package import Foundation

/// The machine's clock, which a test may move.
package final class SandboxClock: TimeSource {
    private let offset = Shared(Duration.zero)

    package init() {}

    /// Moves the time of day, forward or back. Time since start is not changed.
    package func advance(by duration: Duration) { offset.change { $0 += duration } }

    package func now() -> Date {
        let offset = offset.value.components
        return Date() + Double(offset.seconds) + Double(offset.attoseconds) / 1e18
    }

    package func uptime() -> Duration { .seconds(ProcessInfo.processInfo.systemUptime) }

    package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
