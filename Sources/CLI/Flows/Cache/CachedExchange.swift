import Domain

/// `assume --cache`: an exchange, unless a file has what it would bring.
struct CachedExchange {
    let role: RoleOptions
    let token: TokenOptions
    let guards: GuardOptions
    let global: GlobalOptions

    /// Where a file has a session nothing else is set up, and the job's access token need not be mapped.
    ///
    /// - Throws: whatever ``ErrorReport`` knows.
    func run(_ context: Context, _ console: Console) async throws -> Session {
        let request = try SessionRequest(role, context)
        let place = try TokenPlace(token, context)
        func exchange(_ timeout: Duration) async throws -> Session {
            var global = global
            global.timeout = TimeSpan(timeout)
            return try await Exchange(for: request, by: place, guards, global, context, console).run()
        }
        let directory: String
        do {
            directory = try CacheDirectory.open(context)
        } catch {
            console.warn("the credentials cannot be kept: \(ErrorReport(error).message)")
            return try await exchange(global.timeout.duration)
        }
        let cache = SessionCache(SessionKey(request, place, guards), in: directory, global, context, console)
        return try await cache.session(exchange)
    }
}
