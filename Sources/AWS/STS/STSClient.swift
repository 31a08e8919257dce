package import Domain

/// Calls AWS STS (API version 2011-06-15). What can pass is tried again within the retrier's deadline; a signed call
/// that is refused for this machine's clock is signed anew, once.
package struct STSClient: Sendable {
    private static let version = "2011-06-15"

    private let connection: AWSConnection
    private let retrier: Retrier

    /// - Parameters:
    ///   - http: what sends the requests.
    ///   - endpoint: from ``EndpointRules``.
    ///   - time: the clock signatures are dated by.
    ///   - retrier: tries again what can pass.
    ///   - clockSkew: what clients of the same machine have learnt together.
    package init(
        http: any HTTPClient, endpoint: Endpoint, time: any TimeSource, retrier: Retrier,
        clockSkew: ClockSkew = ClockSkew()
    ) {
        connection = AWSConnection(http: http, endpoint: endpoint, time: time, clockSkew: clockSkew)
        self.retrier = retrier
    }

    /// Trades an OpenID Connect token for credentials. The request is not signed: the token is what is checked.
    ///
    /// - Throws: ``AWSError``; `AccessDenied` does not say whether the role is missing or its trust policy refused.
    package func assumeRoleWithWebIdentity(_ request: WebIdentityRequest) async throws(AWSError) -> AssumedRole {
        let call = ServiceCall(.sts, "AssumeRoleWithWebIdentity", on: request.roleARN.text)
        var form = QueryForm(action: call.operation, version: Self.version)
        form.append(role: request.roleARN, session: request.sessionName, duration: request.duration)
        form.append(request.sessionPolicies)
        form.append(token: request.token.trimmed(), as: "WebIdentityToken")
        return try AssumedRole(try await send(form, call), to: call)
    }

    /// Assumes a role with credentials that are there already; from a role to the next (role chaining), or by an
    /// administrator's.
    ///
    /// - Parameter caller: whose the credentials are, when that is known: an ARN.
    /// - Throws: ``AWSError``.
    package func assumeRole(
        _ request: AssumeRoleRequest, credentials: SessionCredentials, caller: String? = nil
    ) async throws(AWSError) -> AssumedRole {
        let call = ServiceCall(.sts, "AssumeRole", on: request.roleARN.text, by: caller)
        var form = QueryForm(action: call.operation, version: Self.version)
        form.append(role: request.roleARN, session: request.sessionName, duration: request.duration)
        form.append("ExternalId", request.externalID.map { Secret($0) })
        form.append(request.sessionPolicies)
        return try AssumedRole(try await send(form, call, credentials), to: call)
    }

    /// Asks whose the credentials are. Needs no permission and cannot be denied by a policy.
    ///
    /// - Parameter isRepeated: false asks once, whatever comes of it.
    /// - Throws: ``AWSError``; `InvalidClientTokenId` for a key that does not exist, or not yet.
    package func getCallerIdentity(
        credentials: SessionCredentials, isRepeated: Bool = true
    ) async throws(AWSError) -> CallerIdentity {
        let call = ServiceCall(.sts, "GetCallerIdentity")
        let form = QueryForm(action: call.operation, version: Self.version)
        return try CallerIdentity(
            try await send(form, call, credentials, repetition: isRepeated ? .ofFailures : .none), to: call)
    }

    private func send(
        _ form: QueryForm, _ call: ServiceCall, _ credentials: SessionCredentials? = nil,
        repetition: SignedService.Repetition = .ofFailures
    ) async throws(AWSError) -> XMLElement {
        try await retrier.run(advice: repetition.advice(after:)) { (limits) throws(AWSError) in
            try await connection.call(form, call, credentials: credentials, limits: limits)
        }
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
