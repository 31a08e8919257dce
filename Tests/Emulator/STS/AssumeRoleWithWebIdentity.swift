import Domain

extension STSService {
    private static let known: Set = [
        "RoleArn", "RoleSessionName", "WebIdentityToken", "ProviderId", "PolicyArns.", "Policy", "DurationSeconds",
    ]

    /// A call without a signature: the token is what proves the caller.
    func assumeRoleWithWebIdentity(
        _ request: ServerRequest, _ form: [(name: String, value: String)]
    ) throws(ServiceError) -> [XMLElement] {
        // AWS takes credentials that are sent for meant, and these are not looked for here.
        if request.field("authorization") != nil || request.field("x-amz-security-token") != nil {
            throw .invalidClientToken
        }
        var parameters = try QueryParameters(form, known: Self.known)
        let roleARN = parameters.required("RoleArn", .roleARN)
        let sessionName = parameters.required("RoleSessionName", .sessionName)
        let text = parameters.required("WebIdentityToken", .webIdentityToken)
        let seconds = parameters.integer("DurationSeconds", 900...43200) ?? 3600
        let policies = SessionPolicies(&parameters)
        try parameters.throwViolations()
        guard parameters["ProviderId"] == nil else {
            throw .validation("The sandbox knows no OAuth 2.0 provider: ProviderId must not be sent for OIDC.")
        }
        let account = try AWSWorld.account(ofRole: roleARN)

        let token = try WebIdentityToken(text)
        let provider = try provider(for: token, in: account)
        try token.verify(now: state.time.now())
        let audience = token.authorizedParty ?? token.audience
        guard provider.clientIDs.contains(audience) else { throw .invalidToken("Incorrect token audience") }

        let packedSize = try policies.check()
        guard let role = assumableRole(roleARN),
            trusts(role, token, audience: audience, provider: provider, sessionName: sessionName, seconds: seconds)
        else { throw .accessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity") }
        guard seconds <= role.maxSessionDuration else { throw Self.tooLong }

        let issued = issue(role, sessionName: sessionName, seconds: seconds)
        return [
            XMLElement("SubjectFromWebIdentityToken", token.subject), XMLElement("Audience", audience),
            issued.user, issued.credentials, XMLElement("Provider", arn(of: provider)),
        ] + packedSize
    }

    static let tooLong = ServiceError.validation(
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")

    private func provider(for token: WebIdentityToken, in account: String) throws(ServiceError) -> AWSWorld.Provider {
        let url = String(token.issuer.dropFirst("https://".count))
        guard token.issuer.hasPrefix("https://"), let found = state.world.read({ $0.accounts[account]?.providers[url] })
        else {
            throw .invalidToken("No OpenIDConnect provider found in your account for \(token.issuer)")
        }
        return found
    }

    private func trusts(
        _ role: AWSWorld.Role, _ token: WebIdentityToken, audience: String, provider: AWSWorld.Provider,
        sessionName: String, seconds: Int
    ) -> Bool {
        let providerARN = arn(of: provider)
        var context = [
            "\(provider.url):aud": [audience], "\(provider.url):sub": [token.subject],
            "aws:FederatedProvider": [providerARN], "sts:RoleSessionName": [sessionName],
            "sts:DurationSeconds": [String(seconds)],
        ]
        if token.authorizedParty != nil { context["\(provider.url):oaud"] = [token.audience] }
        if !token.methods.isEmpty { context["\(provider.url):amr"] = token.methods }
        let actions = ["sts:AssumeRoleWithWebIdentity"] + (token.hasTags ? ["sts:TagSession"] : [])
        return actions.allSatisfy { role.allows($0, by: .federated(providerARN), in: context) }
    }
}

extension AWSWorld.Role {
    /// Whether the trust policy allows it. A policy that cannot be evaluated allows nothing.
    func allows(_ action: String, by principal: TrustRequest.Principal, in context: [String: [String]]) -> Bool {
        guard let policy = try? TrustPolicy(json: trustPolicy) else { return false }
        let request = TrustRequest(action: action, principal: principal, context: context)
        return (try? TrustPolicyEvaluator(policy).allows(request)) ?? false
    }
}

extension AWSWorld {
    /// The account in a role's ARN.
    ///
    /// - Throws: where it is not one.
    static func account(ofRole arn: String) throws(ServiceError) -> String {
        guard let parts = parts(ofARN: arn), parts.resource.hasPrefix("role/"), parts.resource.count > 5 else {
            throw .validation("\(arn) is invalid")
        }
        return parts.account
    }
}
