package import Domain

/// Calls AWS Organizations (API version 2016-11-28, JSON 1.1) as a principal of the management account or of a
/// delegated administrator's.
package struct OrganizationsClient: Sendable {
    private let service: SignedService

    /// - Parameters:
    ///   - session: whose organisation it is.
    ///   - endpoint: from ``EndpointRules``.
    package init(_ session: AWSSession, endpoint: Endpoint) {
        service = SignedService(.organizations, at: endpoint, as: session)
    }

    /// Up to twenty accounts of the organisation, closed ones included.
    ///
    /// - Parameter token: that of the page before; `nil` for the first.
    /// - Throws: ``AWSError``.
    package func accounts(after token: String?) async throws(AWSError) -> AccountList {
        let parameters: [String: SecretJSON] = token.map { ["NextToken": .value(.text($0))] } ?? [:]
        let answer = try await service.call(
            "ListAccounts", on: "*", target: "AWSOrganizationsV20161128", parameters)
        guard let page = AccountList(answer) else {
            throw .malformedAnswer(service.call(named: "ListAccounts", on: "*"), reason: "it is no list of accounts")
        }
        return page
    }
}
