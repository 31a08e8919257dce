/// A refusal in AWS's own words.
struct STSError: Error {
    let code: String
    let message: String
    var status = 400

    static func validation(_ message: String) -> STSError { STSError(code: "ValidationError", message: message) }

    static func invalidToken(_ message: String) -> STSError { STSError(code: "InvalidIdentityToken", message: message) }

    static func accessDenied(_ message: String) -> STSError {
        STSError(code: "AccessDenied", message: message, status: 403)
    }

    static func signature(_ message: String) -> STSError {
        STSError(code: "SignatureDoesNotMatch", message: message, status: 403)
    }

    static let invalidClientToken = STSError(
        code: "InvalidClientTokenId", message: "The security token included in the request is invalid.", status: 403)
}

/// Every error of STS with a message to go with it, to be planned as a ``Fault``.
package enum STSFailure: String, Sendable, CaseIterable {
    case accessDenied = "AccessDenied"
    case expiredToken = "ExpiredTokenException"
    case idpCommunicationError = "IDPCommunicationError"
    case idpRejectedClaim = "IDPRejectedClaim"
    case invalidIdentityToken = "InvalidIdentityToken"
    /// `InvalidIdentityToken` too, but one that passes: AWS could not fetch the issuer's keys.
    case keysUnreachable = "VerificationKey"
    case malformedPolicyDocument = "MalformedPolicyDocument"
    case packedPolicyTooLarge = "PackedPolicyTooLarge"
    case regionDisabled = "RegionDisabledException"
    case throttling = "Throttling"
    case internalFailure = "InternalFailure"
    case serviceUnavailable = "ServiceUnavailable"

    package var fault: Fault { .answer(STSAnswer.error(error)) }

    private var error: STSError {
        switch self {
        case .accessDenied: .accessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity")
        case .expiredToken:
            STSError(
                code: rawValue,
                message:
                    "Token expired: current date/time 1700000300 must be before the expiration date/time 1700000000")
        case .idpCommunicationError:
            STSError(code: rawValue, message: "Unable to communicate with the identity provider.")
        case .idpRejectedClaim:
            STSError(code: rawValue, message: "The identity provider rejected the claim.", status: 403)
        case .invalidIdentityToken: .invalidToken(WebIdentityToken.notAToken)
        case .keysUnreachable: .invalidToken(WebIdentityToken.noKey)
        case .malformedPolicyDocument: STSError(code: rawValue, message: "This policy contains invalid Json")
        case .packedPolicyTooLarge:
            STSError(
                code: rawValue, message: "Packed policy consumes 112% of allotted space, please use smaller policy.")
        case .regionDisabled:
            STSError(
                code: rawValue,
                message: "STS is not activated in this region for account:111122223333. Your account administrator can "
                    + "activate STS in this region using the IAM Console.",
                status: 403)
        case .throttling: STSError(code: rawValue, message: "Rate exceeded")
        case .internalFailure: STSError(code: rawValue, message: "We encountered an internal error.", status: 500)
        case .serviceUnavailable: STSError(code: rawValue, message: "Service is unavailable.", status: 503)
        }
    }
}
