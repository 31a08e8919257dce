package import Domain

/// Calls AWS STS (API version 2011-06-15). Each call makes one attempt; trying again is the caller's, with `Retrier`.
///
/// The exception is a signed call that is refused for this machine's clock: it is signed anew, once, within the same
/// limits.
package struct STSClient: Sendable {
    private static let version = "2011-06-15"

    private let connection: AWSConnection

    /// - Parameters:
    ///   - http: what sends the requests.
    ///   - endpoint: from ``EndpointRules``.
    ///   - time: the clock signatures are dated by.
    package init(http: any HTTPClient, endpoint: Endpoint, time: any TimeSource) {
        connection = AWSConnection(
            service: .sts, http: http, endpoint: endpoint, time: time, clockSkew: ClockSkew())
    }

    /// Trades an OpenID Connect token for credentials. The request is not signed: the token is what is checked.
    ///
    /// - Throws: ``AWSError``; `AccessDenied` does not say whether the role is missing or its trust policy refused.
    package func assumeRoleWithWebIdentity(
        _ request: WebIdentityRequest, limits: HTTPLimits
    ) async throws(AWSError) -> AssumedRole {
        var form = QueryForm(action: "AssumeRoleWithWebIdentity", version: Self.version)
        form.append(role: request.roleARN, session: request.sessionName, duration: request.duration)
        form.append(request.sessionPolicies)
        form.append(token: request.token.trimmed(), as: "WebIdentityToken")
        return try AssumedRole(
            try await connection.call(form, credentials: nil, limits: limits), operation: form.action)
    }

    /// Assumes a role with credentials that are there already; from a role to the next (role chaining), or by an
    /// administrator's.
    ///
    /// - Throws: ``AWSError``.
    package func assumeRole(
        _ request: AssumeRoleRequest, credentials: SessionCredentials, limits: HTTPLimits
    ) async throws(AWSError) -> AssumedRole {
        var form = QueryForm(action: "AssumeRole", version: Self.version)
        form.append(role: request.roleARN, session: request.sessionName, duration: request.duration)
        form.append("ExternalId", request.externalID.map { Secret($0) })
        form.append(request.sessionPolicies)
        return try AssumedRole(
            try await connection.call(form, credentials: credentials, limits: limits), operation: form.action)
    }

    /// Asks whose the credentials are. Needs no permission and cannot be denied by a policy.
    ///
    /// - Throws: ``AWSError``; `InvalidClientTokenId` for a key that does not exist, or not yet.
    package func getCallerIdentity(
        credentials: SessionCredentials, limits: HTTPLimits
    ) async throws(AWSError) -> CallerIdentity {
        let form = QueryForm(action: "GetCallerIdentity", version: Self.version)
        return try CallerIdentity(try await connection.call(form, credentials: credentials, limits: limits))
    }
}

extension QueryForm {
    fileprivate mutating func append(role: RoleARN, session: SessionName, duration: SessionDuration?) {
        append("RoleArn", Secret(role.text))
        append("RoleSessionName", Secret(session.text))
        append("DurationSeconds", duration.map { "\($0.seconds)" })
    }

    fileprivate mutating func append(_ policies: SessionPolicies) {
        append("Policy", policies.inline.map { Secret($0) })
        for (index, policy) in policies.managed.enumerated() {
            append("PolicyArns.member.\(index + 1).arn", Secret(policy.text))
        }
    }
}
