import Domain
import FoundationEssentials
import TLSCrypto

/// The token of one place for all exchanges of a run that want one: minted once, however many ask at the same time.
actor SharedToken {
    /// How old a token may be, so that whoever renews sessions for hours never sends one of long ago.
    private static let longestUse = Duration.seconds(60)
    /// How long a token must still be valid, in seconds: it may wait behind retries on its way to STS.
    private static let leastLeft: TimeInterval = 60

    private let source: TokenSource
    private var current: (token: JSONWebToken, mintedAt: Duration)?
    private var isMinting = false
    /// Those who came while one is minted.
    private(set) var waiting: [CheckedContinuation<Result<JSONWebToken, any Error>, Never>] = []

    init(_ source: TokenSource) { self.source = source }

    /// Whether nobody has to be asked for one at this moment.
    func isAtHand(_ time: any TimeSource) -> Bool { usable(instead: nil, time) != nil }

    /// A token: the one at hand, or a new one where that is missing, old, about to end or `stale`.
    ///
    /// - Parameter stale: one that STS or its own dates refuse.
    /// - Throws: as ``TokenSource/mint(_:_:)``, the same to all who waited for it.
    func token(
        insteadOf stale: JSONWebToken? = nil, over network: Network, _ console: Console
    ) async throws -> JSONWebToken {
        if isMinting { return try await withCheckedContinuation { waiting.append($0) }.get() }
        if let token = usable(instead: stale, network.time) { return token }
        isMinting = true
        let result: Result<JSONWebToken, any Error>
        do {
            let token = try await source.mint(network, console)
            current = (token, network.time.uptime())
            result = .success(token)
        } catch {
            result = .failure(error)
        }
        isMinting = false
        for waiter in waiting { waiter.resume(returning: result) }
        waiting = []
        return try result.get()
    }

    private func usable(instead stale: JSONWebToken?, _ time: any TimeSource) -> JSONWebToken? {
        guard let current, time.uptime() - current.mintedAt < Self.longestUse,
            current.token.claims.expiration.timeIntervalSince(time.now()) > Self.leastLeft
        else { return nil }
        if let stale, ConstantTime.equal(stale.raw, current.token.raw) { return nil }
        return current.token
    }
}
