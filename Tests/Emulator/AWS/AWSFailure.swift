/// Every error of AWS with a message to go with it, to be planned as a ``Fault``.
package enum AWSFailure: String, Sendable, CaseIterable {
    case accessDenied = "AccessDenied"
    /// The key is new, inactive or gone.
    case invalidClientToken = "InvalidClientTokenId"
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
    case concurrentModification = "ConcurrentModification"
    case limitExceeded = "LimitExceeded"
    case openIDProviderUnreachable = "OpenIdIdpCommunicationError"
    case serviceFailure = "ServiceFailure"
    case internalFailure = "InternalFailure"
    case serviceUnavailable = "ServiceUnavailable"

    /// - Parameter operation: one of AWS's, whose service decides in which form the error comes.
    package func fault(of operation: String) -> Fault {
        .answer(AWSService.answer(error(of: operation), to: operation))
    }

    private func error(of operation: String) -> ServiceError {
        switch self {
        case .accessDenied: .accessDenied("Not authorized to perform \(AWSService.action(of: operation))")
        case .invalidClientToken: .invalidClientToken
        case .expiredToken:
            ServiceError(
                code: rawValue,
                message:
                    "Token expired: current date/time 1700000300 must be before the expiration date/time 1700000000")
        case .idpCommunicationError:
            ServiceError(code: rawValue, message: "Unable to communicate with the identity provider.")
        case .idpRejectedClaim:
            ServiceError(code: rawValue, message: "The identity provider rejected the claim.", status: 403)
        case .invalidIdentityToken: .invalidToken(WebIdentityToken.notAToken)
        case .keysUnreachable: .invalidToken(WebIdentityToken.noKey)
        case .malformedPolicyDocument: ServiceError(code: rawValue, message: "This policy contains invalid Json")
        case .packedPolicyTooLarge:
            ServiceError(
                code: rawValue, message: "Packed policy consumes 112% of allotted space, please use smaller policy.")
        case .regionDisabled:
            ServiceError(
                code: rawValue,
                message: "STS is not activated in this region for account:111122223333. Your account administrator can "
                    + "activate STS in this region using the IAM Console.",
                status: 403)
        case .throttling: ServiceError(code: rawValue, message: "Rate exceeded")
        case .concurrentModification:
            ServiceError(
                code: rawValue,
                message: "The request was rejected because multiple requests to change this object were submitted "
                    + "simultaneously.", status: 409)
        case .limitExceeded:
            .limitExceeded(
                operation == "CreateAccessKey"
                    ? "Cannot exceed quota for AccessKeysPerUser: 2"
                    : "Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100")
        case .openIDProviderUnreachable:
            ServiceError(code: rawValue, message: "Unable to communicate with the OpenID Connect provider.")
        case .serviceFailure: ServiceError(code: rawValue, message: "Service failure.", status: 500)
        case .internalFailure: ServiceError(code: rawValue, message: "We encountered an internal error.", status: 500)
        case .serviceUnavailable: ServiceError(code: rawValue, message: "Service is unavailable.", status: 503)
        }
    }
}
