import AWS
import Domain

/// Waits until a role that was set up can really be assumed: IAM takes its time to tell STS, and only a token shows
/// that the trust policy is the one it was meant to be.
struct RoleVerification: Sendable {
    /// How long to wait before another try, at first and at most.
    private static let delays = (first: Duration.seconds(1), longest: Duration.seconds(8))

    let source: TokenSource
    let region: Region?
    let network: Network
    let context: Context
    let console: Console

    /// - Parameter arn: the role's.
    /// - Throws: ``ErrorReport``, ``AzureDevOpsError``, ``ExchangeFailure`` where it is still refused when the time is up.
    func wait(for arn: String) async throws {
        guard let role = try? RoleARN(arn) else { return }
        let network = network.renewed()
        let client = STSClient(
            http: network.http, endpoint: try AWSEndpoint.sts(region: region, role: role, context),
            time: network.time, retrier: network.retrier)
        var delay = Self.delays.first
        while let failure = try await refusal(of: role, client, network) {
            guard delay < network.retrier.deadline.remaining(of: network.time) else { throw failure }
            console.detail("\(ErrorReport(failure).message); trying again in \(delay.milliseconds) ms")
            try await network.time.sleep(for: delay)
            delay = min(delay * 2, Self.delays.longest)
        }
        console.note("\(role) can be assumed")
    }

    /// - Returns: the refusal, where it is of a kind that passes once IAM has told STS; `nil` where the role was assumed.
    private func refusal(of role: RoleARN, _ client: STSClient, _ network: Network) async throws -> ExchangeFailure? {
        // A new one each time: a token lives for five minutes.
        let token = try await source.mint(network, console)
        let request = WebIdentityRequest(
            roleARN: role, sessionName: SessionName.legalised("keyless-setup"), token: token.raw)
        do throws(AWSError) {
            _ = try await client.assumeRoleWithWebIdentity(request)
            return nil
        } catch {
            let failure = ExchangeFailure(cause: error, hop: .token(role, token.claims))
            guard ["AccessDenied", "InvalidIdentityToken"].contains(error.code) else { throw failure }
            return failure
        }
    }
}
