package import FoundationEssentials

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
