import Domain

/// What `keyless assume` is asked for.
package struct AssumeRequest: Sendable {
    /// What there is to do.
    enum Task: Sendable {
        /// One session, handed on.
        case session(SessionRequest, Delivery, isCached: Bool)
        /// Profiles that a file names, or that call this program.
        case profiles(ProfilesRequest)
    }

    let task: Task
    let network: NetworkRequest

    /// - Throws: ``ErrorReport`` naming the option, the variable or the line of a file that is wrong.
    package init(
        _ session: SessionSettings, _ handover: HandoverSettings, network: NetworkRequest, _ context: Context
    ) throws(ErrorReport) {
        self.network = network
        if handover.profilesFile != nil || handover.credentialProcess {
            task = .profiles(try ProfilesRequest(handover, session, network: network, context))
            return
        }
        // Where the credentials go is settled first: a session nobody can receive is not worth asking for.
        let delivery = try Delivery(handover, context)
        let session = try SessionRequest(session, context)
        // A session that is kept in a file needs no token.
        if !handover.cache { try session.token.checkAccess() }
        task = .session(session, delivery, isCached: handover.cache)
    }
}

/// `keyless assume`: credentials for whatever runs next.
package enum Assume {
    /// - Throws: whatever ``ErrorReport`` knows.
    package static func run(_ request: AssumeRequest, _ context: Context, _ console: Console) async throws {
        switch request.task {
        case .profiles(let profiles):
            try await ProfileWriting(request: profiles, context: context, console: console).run(request.network)
        case .session(let session, let delivery, let isCached):
            try delivery.prepare()
            let result =
                isCached
                ? try await cached(session, request.network, context, console)
                : try await Exchange(session, over: Network(request.network, context, console), console).run()
            try delivery.deliver(result, context, console)
        }
    }

    /// The session that a file has, else a new one. While a file has one nothing else is set up.
    private static func cached(
        _ session: SessionRequest, _ network: NetworkRequest, _ context: Context, _ console: Console
    ) async throws -> Session {
        func exchange(_ timeout: Duration) async throws -> Session {
            try session.token.checkAccess()
            let network = Network(network.with(timeout: timeout), context, console)
            return try await Exchange(session, over: network, console).run()
        }
        let directory: String
        do {
            directory = try CacheDirectory.open(context)
        } catch {
            console.warn("the credentials cannot be kept: \(ErrorReport(error).message)")
            return try await exchange(network.timeout)
        }
        return try await SessionCache(SessionKey(session), in: directory, network, context, console).session(exchange)
    }
}
