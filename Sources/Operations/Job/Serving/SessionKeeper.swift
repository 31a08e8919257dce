import CredentialServer
import Domain
import FoundationEssentials

/// Keeps a session on offer: renews it ahead of its end, and keeps the last good one for as long as it lives.
struct SessionKeeper: Sendable {
    /// The clock may jump, and the machine may sleep: it is looked at as often as this.
    private static let longestSleep: TimeInterval = 15

    let exchange: Exchange
    let server: CredentialServer
    let path: String
    let context: Context
    let console: Console

    /// Puts a session on offer.
    ///
    /// - Throws: ``ErrorReport`` where it is none that an SDK could use.
    func offer(_ session: Session, reason: String? = nil) async throws(ErrorReport) {
        guard
            let offer = CredentialOffer(session.credentials, accountID: session.account?.text, reason: reason)
        else {
            throw ErrorReport(.unavailable, "the session that STS gave has no token, or no end")
        }
        await server.offer(offer, at: path)
    }

    /// Renews the session until the task is cancelled.
    func keep(_ first: Session) async {
        var session = first
        var due = renewal(of: session)
        var failures = 0
        while await sleep(until: due) {
            do {
                let next = try await exchange.renewed().run()
                try await offer(next)
                if failures > 0 { console.note("the credentials are renewed again") }
                (session, failures) = (next, 0)
                due = renewal(of: session)
            } catch {
                if Task.isCancelled { return }
                failures += 1
                due = await fail(ErrorReport(error), failures, session)
            }
        }
    }

    private func renewal(of session: Session) -> DueTime {
        let lifetime = session.credentials.expiration?.timeIntervalSince(context.time.now()) ?? 0
        // A clock that is behind makes it seem longer than what was asked for.
        let delay = RenewalSchedule.delay(ofSessionFor: min(lifetime, TimeInterval(exchange.longestSession)))
        return DueTime(in: delay, of: context.time)
    }

    /// Says so, keeps what there is, and chooses the next time.
    private func fail(_ report: ErrorReport, _ failures: Int, _ session: Session) async -> DueTime {
        if failures == 1 { console.warn("the credentials could not be renewed yet: \(report.message)") }
        try? await offer(session, reason: report.message)
        let now = context.time.now()
        let pause = RenewalSchedule.pause(
            afterFailures: failures, sessionUntil: session.credentials.expiration ?? now, now: now,
            random: context.random.fraction())
        return DueTime(in: pause, of: context.time)
    }

    /// - Returns: false where the task was cancelled.
    private func sleep(until due: DueTime) async -> Bool {
        while true {
            let remaining = due.remaining(of: context.time)
            guard remaining > 0 else { return !Task.isCancelled }
            do { try await context.time.sleep(for: .seconds(min(remaining, Self.longestSleep))) } catch { return false }
        }
    }
}

/// A time by both clocks, the one that people set and the one that they cannot: it has come when either says so.
private struct DueTime {
    private let date: Date
    private let uptime: Duration

    init(in seconds: TimeInterval, of time: any TimeSource) {
        date = time.now().addingTimeInterval(seconds)
        uptime = time.uptime() + .seconds(seconds)
    }

    /// In seconds.
    func remaining(of time: any TimeSource) -> TimeInterval {
        min(date.timeIntervalSince(time.now()), (uptime - time.uptime()) / .seconds(1))
    }
}
