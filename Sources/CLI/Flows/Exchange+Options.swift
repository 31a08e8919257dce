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
        let source = try TokenSource(token, context)
        let expectations = TokenExpectations(
            namedIssuers: guards.issuer, branches: guards.requireBranch, pipelines: guards.requirePipeline,
            serviceConnectionAsked: source.asksForConnection)
        self.init(
            source, expecting: expectations, for: request, over: try Network(global, context, console), console)
    }
}
