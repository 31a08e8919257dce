package import Domain
import FoundationEssentials

/// Calls AWS Organizations (API version 2016-11-28, JSON 1.1) as a principal of the management account or of a
/// delegated administrator's.
package struct OrganizationsClient: Sendable {
    private let connection: ServiceConnection
    private let credentials: SessionCredentials
    private let retrier: Retrier

    /// - Parameters:
    ///   - http: what sends the requests.
    ///   - endpoint: from ``EndpointRules``.
    ///   - time: the clock signatures are dated by.
    package init(
        http: any HTTPClient, endpoint: Endpoint, time: any TimeSource, retrier: Retrier,
        credentials: SessionCredentials
    ) {
        connection = ServiceConnection(
            service: .organizations, http: http, endpoint: endpoint, time: time, clockSkew: ClockSkew())
        (self.retrier, self.credentials) = (retrier, credentials)
    }

    /// Up to twenty accounts of the organisation, closed ones included.
    ///
    /// - Parameter token: that of the page before; `nil` for the first.
    /// - Throws: ``AWSError``.
    package func accounts(after token: String?) async throws(AWSError) -> AccountList {
        let parameters = JSONValue.members(token.map { ["NextToken": .text($0)] } ?? [:])
        let response = try await retrier.run { (limits) throws(AWSError) in
            let request = HTTPRequest(
                .post, connection.endpoint.url,
                fields: [
                    HTTPField("Content-Type", "application/x-amz-json-1.1"),
                    HTTPField("X-Amz-Target", "AWSOrganizationsV20161128.ListAccounts"),
                ], body: Secret(parameters.json()), limits: limits)
            return try await connection.send(request, operation: "ListAccounts", credentials: credentials)
        }
        guard let page = AccountList(response.body) else {
            throw .malformedAnswer(operation: "ListAccounts", reason: "it is no list of accounts")
        }
        return page
    }
}
