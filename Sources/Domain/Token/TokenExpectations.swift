package import FoundationEssentials

/// What a token must say before it is sent anywhere.
///
/// AWS can test only `aud` and `sub` of these issuers; branch and pipeline are claims that nobody but the client can
/// check, and a check here keeps a token from another branch off the wire altogether.
package struct TokenExpectations: Sendable {
    /// How far `nbf` may lie ahead of this machine's clock. Azure DevOps sets it ten minutes before the time of issue,
    /// so more than this is a wrong clock.
    private static let clockTolerance: TimeInterval = 300

    private let namedIssuers: [String]
    private let branches: [String]
    private let pipelines: [String]
    private let serviceConnectionAsked: Bool

    /// - Parameters:
    ///   - namedIssuers: issuers to accept besides the known forms.
    ///   - branches: the refs to accept, `main`, `refs/heads/main` or with `*` at the end; empty for any.
    ///   - pipelines: the definition ids to accept; empty for any.
    ///   - serviceConnectionAsked: whether the token was asked for in a service connection's name.
    package init(namedIssuers: [String], branches: [String], pipelines: [String], serviceConnectionAsked: Bool) {
        (self.namedIssuers, self.branches, self.pipelines) = (namedIssuers, branches, pipelines)
        self.serviceConnectionAsked = serviceConnectionAsked
    }

    /// - Throws: ``TokenRefusal`` for the first thing that is not as expected.
    package func check(_ claims: Claims, now: Date) throws(TokenRefusal) {
        guard Issuer(claims.issuer) != nil || namedIssuers.contains(claims.issuer) else {
            throw .unknownIssuer(claims.issuer)
        }
        guard claims.expiration > now else { throw .expired(at: claims.expiration, now: now) }
        if let notBefore = claims.notBefore, notBefore > now.addingTimeInterval(Self.clockTolerance) {
            throw .notYetValid(from: notBefore, now: now)
        }
        // A connection's *name* in place of its id is no error to Azure DevOps: the pipeline's own token comes back.
        if serviceConnectionAsked {
            guard case .serviceConnection = Subject(claims.subject) else {
                throw .notAServiceConnection(subject: claims.subject)
            }
        }
        try checkBranch(claims)
        try checkPipeline(claims)
    }

    private func checkBranch(_ claims: Claims) throws(TokenRefusal) {
        guard !branches.isEmpty else { return }
        guard let found = claims.branch else { throw .claimMissing("rpo_ref", option: "--require-branch") }
        guard branches.contains(where: { Self.matches(found, $0) }) else {
            throw .wrongBranch(found: found, wanted: branches)
        }
    }

    private func checkPipeline(_ claims: Claims) throws(TokenRefusal) {
        guard !pipelines.isEmpty else { return }
        guard let found = claims.pipelineID else { throw .claimMissing("def_id", option: "--require-pipeline") }
        guard pipelines.contains(found) else { throw .wrongPipeline(found: found, wanted: pipelines) }
    }

    /// `main` stands for `refs/heads/main`; a `*` at the end for any rest. Compared byte by byte, as git does: to it,
    /// two spellings of an accent are two branches.
    private static func matches(_ ref: String, _ pattern: String) -> Bool {
        let pattern = pattern.hasPrefix("refs/") ? pattern : "refs/heads/\(pattern)"
        return pattern.hasSuffix("*")
            ? ref.utf8.starts(with: pattern.utf8.dropLast()) : ref.utf8.elementsEqual(pattern.utf8)
    }
}

/// Why a token is not sent to AWS, each case with what was found and what was wanted.
package enum TokenRefusal: Error, Equatable, Sendable {
    /// `iss` is neither a known form nor one the user named.
    case unknownIssuer(String)
    /// `exp` has passed.
    case expired(at: Date, now: Date)
    /// `nbf` lies ahead.
    case notYetValid(from: Date, now: Date)
    /// The token is for another branch or tag.
    case wrongBranch(found: String, wanted: [String])
    /// The token is of another pipeline.
    case wrongPipeline(found: String, wanted: [String])
    /// `option` asks for a claim that the token has not.
    case claimMissing(String, option: String)
    /// A service connection's token was asked for and another came; `subject` is the one that came.
    case notAServiceConnection(subject: String)
}
