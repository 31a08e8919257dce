import Domain

extension Exchange {
    /// Checks every option before the first byte is sent.
    ///
    /// - Throws: ``ErrorReport`` or ``HTTPError`` for what is wrong or missing.
    init(
        _ role: RoleOptions, _ token: TokenOptions, _ guards: GuardOptions, _ global: GlobalOptions,
        _ context: Context, _ console: Console
    ) throws {
        let request = try SessionRequest(role, context)
        try self.init(for: request, by: TokenPlace(token, context), guards, global, context, console)
    }

    /// The same where role and token are checked already.
    init(
        for request: SessionRequest, by place: TokenPlace, _ guards: GuardOptions, _ global: GlobalOptions,
        _ context: Context, _ console: Console
    ) throws {
        self.init(
            SharedToken(try TokenSource(place, context)), expecting: guards.expectations(of: place), for: request,
            over: try Network(global, context, console), console)
    }
}

extension GuardOptions {
    /// What a token of that place must say.
    func expectations(of place: TokenPlace) -> TokenExpectations {
        TokenExpectations(
            namedIssuers: issuer, branches: requireBranch, pipelines: requirePipeline,
            serviceConnectionAsked: place.asksForConnection)
    }
}
