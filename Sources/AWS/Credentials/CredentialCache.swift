package import Domain
package import FoundationEssentials
import TLSCrypto

/// Keeps credentials and renews them ahead of their end, one renewal at a time.
///
/// Credentials that cannot be renewed for the moment are given out as they are, even expired: AWS decides whether they
/// still do. Source: the AWS SDKs' credential-refresh cases.
package actor CredentialCache {
    private let fetch: @Sendable () async throws(CredentialError) -> FoundCredentials
    private let time: any TimeSource
    private let window: TimeInterval?
    private let backoff: TimeInterval

    private var cached: FoundCredentials?
    /// When to renew them; `nil` where they do not end.
    private(set) var renewal: Date?
    private var isRejected = false
    /// No renewal before that, after one has failed.
    private var quietUntil = Date.distantPast
    private var isRenewing = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameters:
    ///   - window: how long before their end credentials are renewed, in seconds; by their lifetime where it is `nil`.
    ///   - backoff: how long after a failed renewal the next one is, in seconds; short of the shortest window.
    ///   - fetch: gets new ones.
    package init(
        window: TimeInterval? = nil, backoff: TimeInterval = 60, time: any TimeSource,
        fetch: @escaping @Sendable () async throws(CredentialError) -> FoundCredentials
    ) {
        (self.window, self.backoff, self.time, self.fetch) = (window, backoff, time, fetch)
    }

    /// - Throws: ``CredentialError`` where there are none, or where the place they come from will give none any more.
    package func current() async throws(CredentialError) -> FoundCredentials {
        while isRenewing { await withCheckedContinuation { waiting.append($0) } }
        if let cached, !isDue || time.now() < quietUntil { return cached }
        isRenewing = true
        defer {
            isRenewing = false
            for waiter in waiting { waiter.resume() }
            waiting = []
        }
        do throws(CredentialError) {
            return try accept(try await fetch())
        } catch {
            guard let cached, error.retryAdvice != .never else { throw error }
            quietUntil = time.now().addingTimeInterval(backoff)
            return cached
        }
    }

    /// Has credentials that AWS does not take any more renewed at the next call. Others may be there by now, which stay.
    package func reject(_ accessKeyID: Secret) {
        if let present = cached?.credentials.accessKeyID, ConstantTime.equal(present, accessKeyID) { isRejected = true }
    }

    private var isDue: Bool { isRejected || renewal.map { $0 <= time.now() } == true }

    private func accept(_ fresh: FoundCredentials) throws(CredentialError) -> FoundCredentials {
        let now = time.now()
        guard let expiration = fresh.credentials.expiration else { return keep(fresh, renewal: nil) }
        let lifetime = expiration.timeIntervalSince(now)
        if lifetime <= 0, cached == nil { throw .failed(source: fresh.source, .expired(expiration)) }
        let due = expiration.addingTimeInterval(-(window ?? RefreshWindow.seconds(ofLifetime: lifetime)))
        guard due <= now else { return keep(fresh, renewal: due) }
        // As good as none: a source that gives what is about to end has nothing better at the moment.
        quietUntil = now.addingTimeInterval(backoff)
        if let cached, (cached.credentials.expiration ?? .distantFuture) >= expiration { return cached }
        return keep(fresh, renewal: due)
    }

    private func keep(_ fresh: FoundCredentials, renewal: Date?) -> FoundCredentials {
        (cached, self.renewal, isRejected) = (fresh, renewal, false)
        return fresh
    }
}
