import Domain
import LinuxSystem

/// What `keyless token` is asked for.
package struct TokenRequest: Sendable {
    /// What is shown of the token.
    package enum Part: Sendable {
        /// The claims, for a person or for a program.
        case claims(OutputForm)
        /// The token itself, which is a credential.
        case raw
    }

    let source: TokenSource
    let part: Part
    let network: NetworkRequest

    /// - Throws: ``ErrorReport`` naming what is not configured.
    package init(
        _ settings: TokenSettings, _ part: Part, network: NetworkRequest, _ context: Context
    ) throws(ErrorReport) {
        source = try TokenSource(settings, context)
        try source.checkAccess()
        (self.part, self.network) = (part, network)
    }
}

/// `keyless token`: what the job's token says.
package enum ShowToken {
    /// - Throws: whatever ``ErrorReport`` knows.
    package static func run(_ request: TokenRequest, _ context: Context, _ console: Console) async throws {
        let token = try await request.source.mint(Network(request.network, context, console), console)
        switch request.part {
        case .raw: try context.standardOutput.write("\(token.raw)\n")
        case .claims(let form):
            let claims = ClaimsListing(token, now: context.time.now())
            try context.standardOutput.write(Secret(form == .json ? claims.json : claims.text))
        }
    }
}
