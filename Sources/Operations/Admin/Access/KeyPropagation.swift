import AWS
import Domain

/// Waits until AWS accepts a new key. One good answer says little: for some seconds one host knows the key already and
/// the next one does not.
package struct KeyPropagation: Sendable {
    /// How often in a row.
    package let times: Int
    /// From the first to the last of them.
    package let over: Duration
    /// From the beginning.
    package let within: Duration

    package init(times: Int, over: Duration, within: Duration) {
        (self.times, self.over, self.within) = (times, over, within)
    }

    /// What AWS says of a key that it does not know yet.
    private static let refusals: Set<String> = [
        "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch",
        "AuthFailure",
    ]

    /// - Parameters:
    ///   - user: whose key it must be, in the administrator's account.
    ///   - progress: told how often in a row it was accepted.
    /// - Throws: ``ErrorReport`` where AWS does not get there in time, or takes the key for somebody else's.
    func wait(
        for pair: AccessKeyPair, of user: String, _ administrator: Administrator, _ time: any TimeSource,
        progress: (Int) -> Void
    ) async throws {
        let credentials = SessionCredentials(
            accessKeyID: Secret(pair.id), secretAccessKey: pair.secret, sessionToken: nil, expiration: nil)
        let deadline = Deadline(in: within, of: time)
        let interval = times > 1 ? over / (times - 1) : .zero
        var count = 0
        var last: AWSError?
        while true {
            let patience = min(.seconds(10), deadline.remaining(of: time))
            let answer = await identity(of: credentials, administrator, patience)
            switch answer {
            case .success(let identity):
                guard identity.isUser(user, of: administrator.home.id) else { throw Self.foreign(pair, identity) }
                count += 1
            case .failure(let error):
                try Self.checkPasses(error)
                (count, last) = (0, error)
            }
            progress(count)
            if count >= times { return }
            guard interval < deadline.remaining(of: time) else { throw late(pair, last) }
            try await time.sleep(for: max(interval, .milliseconds(10)))
        }
    }

    /// What passes is waited for; anything else never will.
    private static func checkPasses(_ error: AWSError) throws(AWSError) {
        if let code = error.code, refusals.contains(code) { return }
        guard error.retryAdvice == .never else { return }
        throw error
    }

    private func identity(
        of credentials: SessionCredentials, _ administrator: Administrator, _ patience: Duration
    ) async -> Result<CallerIdentity, AWSError> {
        do throws(AWSError) {
            return .success(try await administrator.identity(of: credentials, within: patience))
        } catch {
            return .failure(error)
        }
    }

    private static func foreign(_ pair: AccessKeyPair, _ identity: CallerIdentity) -> ErrorReport {
        ErrorReport(
            .unexpected, "STS says that \(pair.id) is a key of \(ForeignText.clean(identity.arn, limit: 300))",
            hints: ["is AWS_ENDPOINT_URL_STS that of the account whose IAM was asked?"])
    }

    private func late(_ pair: AccessKeyPair, _ last: AWSError?) -> ErrorReport {
        let said = last.map { "; the last answer was \(ErrorReport.reason(of: $0).message)" } ?? ""
        return ErrorReport(
            .unavailable,
            "AWS did not accept \(pair.id) \(times) times in a row within \(within.components.seconds) s\(said)",
            hints: ["it usually takes some seconds: give it longer with --accepted-within 5m"])
    }
}

extension CallerIdentity {
    /// Whether it is the IAM user of that name; names are one whatever their case, and whatever the path.
    fileprivate func isUser(_ name: String, of account: AccountID) -> Bool {
        let resource = arn.split(separator: ":", maxSplits: 5).last ?? ""
        return self.account == account && resource.hasPrefix("user/")
            && resource.split(separator: "/").last?.lowercased() == name.lowercased()
    }
}
