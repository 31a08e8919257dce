package import Domain

/// A principal who calls AWS: its credentials, and how its calls are sent and tried again. The clients of one principal
/// share one.
package struct AWSSession: Sendable {
    let http: any HTTPClient
    let time: any TimeSource
    let retrier: Retrier
    let credentials: SessionCredentials
    /// Whose the credentials are, and so in whose account the calls are made.
    package let identity: CallerIdentity
    /// Learnt by one client, used by all.
    let clockSkew = ClockSkew()

    /// - Parameters:
    ///   - http: what sends the requests.
    ///   - time: the clock signatures are dated by.
    ///   - retrier: tries again what can pass, within its deadline.
    ///   - identity: whose the credentials are.
    package init(
        http: any HTTPClient, time: any TimeSource, retrier: Retrier, credentials: SessionCredentials,
        identity: CallerIdentity
    ) {
        (self.http, self.time, self.retrier, self.credentials) = (http, time, retrier, credentials)
        self.identity = identity
    }

    /// Something of this account in a region.
    func arn(_ service: Service, region: String, _ resource: String) -> ARN {
        ARN(identity.partition, service.rawValue, region: region, account: identity.account.text, resource)
    }
}
