import Domain
package import FoundationEssentials

/// The machine's clocks.
package struct SystemTime: TimeSource {
    private static let start = ContinuousClock.now

    package init() {}

    package func now() -> Date { Date() }

    package func uptime() -> Duration { ContinuousClock.now - Self.start }

    package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
