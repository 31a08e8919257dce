import Foundation

/// The ways in which what Azure DevOps tells administrators is known to fail, to be planned as a ``Fault``.
package enum AzureFailure: String, Sendable, CaseIterable {
    /// 429 with `Retry-After: 1`: nothing is done.
    case throttled
    /// The right answer, with `Retry-After: 1`: the caller is near the limit.
    case delayed
    /// 401 with JSON.
    case unauthorized
    /// 203 with the sign-in page.
    case signInPage = "sign-in-page"
    /// 403 with JSON.
    case forbidden
    /// 500 with a `WrappedError`.
    case serverError = "server-error"
    /// 503 with HTML, as a gateway says it.
    case unavailable
    /// 200 with nothing in it.
    case emptyBody = "empty-body"
    /// 200 with HTML.
    case html
    /// 200 with four megabytes of JSON.
    case oversized

    package var fault: Fault {
        switch self {
        case .throttled: .answer(AzureErrors.blocked(retryAfter: 1))
        case .delayed: .rewrite { $0.addingRateLimit(retryAfter: 1) }
        case .unauthorized: .answer(TokenFailure.unauthorized.answer)
        case .signInPage: .answer(TokenFailure.signInPage.answer)
        case .forbidden: .answer(AzureErrors.notAdministrator)
        case .serverError: .answer(TokenFailure.serverError.answer)
        case .unavailable: .answer(TokenFailure.unavailable.answer)
        case .emptyBody: .answer(TokenFailure.emptyBody.answer)
        case .html: .answer(TokenFailure.html.answer)
        case .oversized:
            .answer(AzureErrors.json(200, ["count": "1", "value": String(repeating: "A", count: 4 << 20)]))
        }
    }

    /// What comes nearest to an error of AWS, for a fault that may meet either service.
    init(_ failure: AWSFailure) {
        switch failure {
        case .throttling: self = .throttled
        case .accessDenied: self = .forbidden
        case .serviceUnavailable: self = .unavailable
        case .expiredToken, .invalidClientToken: self = .unauthorized
        default: self = .serverError
        }
    }
}
