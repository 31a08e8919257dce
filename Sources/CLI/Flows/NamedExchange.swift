import Domain

/// One exchange among many: a profile's, or that of a role that is served.
struct NamedExchange: Sendable {
    let name: String
    let exchange: Exchange

    /// Every option of them is checked. They share connections, and the token where they ask for the same one. Each has
    /// the whole of `--timeout` for itself by ``Exchange/renewed()``.
    ///
    /// - Throws: ``ErrorReport`` naming the line of a file, or what ``Network`` throws.
    static func all(
        _ requests: [ProfileRequest], _ global: GlobalOptions, _ context: Context, _ console: Console
    ) throws -> [NamedExchange] {
        let network = try Network(global, context, console)
        var tokens: [[String]: SharedToken] = [:]
        return try requests.map { request in
            let (session, place) = try request.checked(context)
            let token = try tokens[place.identity] ?? SharedToken(TokenSource(place, context))
            tokens[place.identity] = token
            return NamedExchange(
                name: request.name,
                exchange: Exchange(
                    token, expecting: request.guards.expectations(of: place), for: session, over: network, console))
        }
    }
}
