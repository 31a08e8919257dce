import AWS
import Domain
import TLSCrypto

/// A session, and what is worth saying about it.
struct Session: Sendable {
    let credentials: SessionCredentials
    /// `arn:aws:sts::111122223333:assumed-role/deploy/azp-deploy-42`
    let assumedRoleARN: String
    let account: AccountID?
    /// The name of the region the user or the environment named.
    let region: String?
}

/// The exchange that this program is for: a token from the job, credentials from STS, and on to chained roles.
struct Exchange: Sendable {
    private static let mostMints = 3

    private let tokens: SharedToken
    private let request: SessionRequest
    private let network: Network
    private let console: Console
    private let sts: STSClient

    /// - Parameter tokens: what exchanges of the same token share; `nil` for one of its own.
    init(_ request: SessionRequest, tokens: SharedToken? = nil, over network: Network, _ console: Console) {
        (self.tokens, self.request) = (tokens ?? SharedToken(request.token), request)
        (self.network, self.console) = (network, console)
        sts = STSClient(
            http: network.http, endpoint: request.endpoint, time: network.time, retrier: network.retrier)
    }

    /// What was asked for, in seconds: no session lasts longer.
    var longestSession: Int { request.duration.seconds }

    /// The same exchange once more, with the whole of `--timeout` for itself from now on.
    func renewed() -> Exchange {
        Exchange(request, tokens: tokens, over: network.renewed(), console)
    }

    /// - Throws: whatever ``ErrorReport`` knows.
    func run() async throws -> Session {
        try network.trusted.check(request.endpoint.url)
        var role = try await assumeWithFreshToken()
        for (index, next) in request.chain.enumerated() {
            role = try await assume(next, with: role.credentials, isLast: index == request.chain.count - 1)
        }
        if request.verify || !request.allowedAccounts.isEmpty { try await verify(role) }
        console.note(
            "assumed \(role.assumedRoleARN)"
                + (role.credentials.expiration.map { " until \(Timestamp($0).text)" } ?? ""))
        return Session(
            credentials: role.credentials, assumedRoleARN: role.assumedRoleARN, account: role.account,
            region: request.region?.name)
    }

    /// Trades a token for the first role, minting another one where STS or its own dates call it stale, which happens
    /// when a token waited behind retries or comes from a cache.
    private func assumeWithFreshToken() async throws -> AssumedRole {
        async let connection: Void = warmUp()
        var token = try await tokens.token(over: network, console)
        var mints = 1
        while true {
            do {
                try request.expectations.check(token.claims, now: network.time.now())
                await connection
                return try await trade(token)
            } catch let error where mints < Self.mostMints && Self.wantsNewToken(error) {
                console.detail("\(ErrorReport(error).message); asking for a new token")
                let next = try await tokens.token(insteadOf: token, over: network, console)
                // A file that nobody has renewed brings the same answer.
                guard !ConstantTime.equal(next.raw, token.raw) else { throw error }
                token = next
            }
            mints += 1
        }
    }

    /// STS's handshake runs while a token is fetched; where one is at hand there is nothing to do meanwhile.
    private func warmUp() async {
        if await tokens.isAtHand(network.time) { return }
        await network.http.warmUp(request.endpoint.url, limits: network.warmUpLimits)
    }

    private static func wantsNewToken(_ error: any Error) -> Bool {
        switch error {
        case TokenRefusal.expired: true
        case let failure as ExchangeFailure:
            // InvalidIdentityToken also stands for "Couldn't retrieve verification key", which passes.
            ["ExpiredTokenException", "InvalidIdentityToken"].contains(failure.cause.code)
        default: false
        }
    }

    private func trade(_ token: JSONWebToken) async throws -> AssumedRole {
        console.detail("trading the token at \(request.endpoint.url.host) for \(request.role)")
        let call = WebIdentityRequest(
            roleARN: request.role, sessionName: request.sessionName, token: token.raw, duration: request.duration,
            sessionPolicies: request.chain.isEmpty ? request.policies : SessionPolicies())
        do throws(AWSError) {
            return try await sts.assumeRoleWithWebIdentity(call)
        } catch {
            throw ExchangeFailure(cause: error, hop: .token(request.role, token.claims))
        }
    }

    private func assume(
        _ role: RoleARN, with credentials: SessionCredentials, isLast: Bool
    ) async throws -> AssumedRole {
        console.detail("assuming \(role)")
        let call = AssumeRoleRequest(
            roleARN: role, sessionName: request.sessionName, duration: request.duration,
            externalID: request.externalID, sessionPolicies: isLast ? request.policies : SessionPolicies())
        do throws(AWSError) {
            return try await sts.assumeRole(call, credentials: credentials)
        } catch {
            throw ExchangeFailure(cause: error, hop: .chain(role))
        }
    }

    /// Uses the credentials once and compares the account that AWS names with the ones allowed.
    private func verify(_ role: AssumedRole) async throws {
        let identity: CallerIdentity
        do throws(AWSError) {
            identity = try await sts.getCallerIdentity(credentials: role.credentials)
        } catch {
            throw ExchangeFailure(cause: error, hop: .verification)
        }
        console.detail("AWS answers to these credentials as \(ForeignText.clean(identity.arn))")
        if !request.allowedAccounts.isEmpty && !request.allowedAccounts.contains(identity.account) {
            throw ErrorReport.accountNotAllowed(identity.account, allowed: request.allowedAccounts)
        }
    }
}

/// STS did not give what was asked of it.
struct ExchangeFailure: Error {
    /// The step of the way that failed.
    enum Hop {
        case token(RoleARN, Claims)
        case chain(RoleARN)
        case verification
    }

    let cause: AWSError
    let hop: Hop
}
