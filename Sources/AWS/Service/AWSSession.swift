package import Domain

/// A principal who calls AWS: its credentials, and how its calls are sent and tried again. The clients of one principal
/// share one.
package struct AWSSession: Sendable {
    let http: any HTTPClient
    let time: any TimeSource
    let retrier: Retrier
    let credentials: SessionCredentials
    /// Learnt by one client, used by all.
    let clockSkew = ClockSkew()

    /// - Parameters:
    ///   - http: what sends the requests.
    ///   - time: the clock signatures are dated by.
    ///   - retrier: tries again what can pass, within its deadline.
    package init(http: any HTTPClient, time: any TimeSource, retrier: Retrier, credentials: SessionCredentials) {
        (self.http, self.time, self.retrier, self.credentials) = (http, time, retrier, credentials)
    }
}
