import Domain

/// The exchange behind one profile among many.
struct ProfileExchange: Sendable {
    let name: String
    let exchange: Exchange

    /// Those of a file's profiles, every option of them checked. They share connections, and the token where they ask
    /// for the same one. Each has the whole of `--timeout` for itself by ``Exchange/renewed()``.
    ///
    /// - Throws: ``ErrorReport`` naming the line, or what ``Network`` throws.
    static func all(
        in path: String, _ role: RoleOptions, _ token: TokenOptions, _ guards: GuardOptions, _ global: GlobalOptions,
        _ context: Context, _ console: Console
    ) throws -> [ProfileExchange] {
        try all(ProfileRequest.all(in: path, role, token, guards), global, context, console)
    }

    /// The same for profiles that are known already.
    static func all(
        _ requests: [ProfileRequest], _ global: GlobalOptions, _ context: Context, _ console: Console
    ) throws -> [ProfileExchange] {
        let network = try Network(global, context, console)
        var tokens: [[String]: SharedToken] = [:]
        return try requests.map { request in
            let (session, place) = try request.checked(context)
            let token = try tokens[place.identity] ?? SharedToken(TokenSource(place, context))
            tokens[place.identity] = token
            return ProfileExchange(
                name: request.name,
                exchange: Exchange(
                    token, expecting: request.guards.expectations(of: place), for: session, over: network, console))
        }
    }
}
