package import FoundationEssentials

/// The clock and the only way to wait.
package protocol TimeSource: Sendable {
    /// The time of day, for tokens, signatures and expirations.
    func now() -> Date
    /// Time since some fixed moment, never set back: what deadlines are measured by.
    func uptime() -> Duration
    /// Returns after `duration`, or throws `CancellationError` at once when the task is cancelled.
    func sleep(for duration: Duration) async throws
}

/// The moment by which a whole command must have ended, retries included.
package struct Deadline: Sendable {
    private let end: Duration

    /// - Parameter budget: the time there is from now on.
    package init(in budget: Duration, of time: any TimeSource) { end = time.uptime() + budget }

    /// What is left, never below zero.
    package func remaining(of time: any TimeSource) -> Duration { max(.zero, end - time.uptime()) }
}

extension Duration {
    /// In whole milliseconds, rounded down.
    package var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
