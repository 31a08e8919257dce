package import Domain

/// Why Azure DevOps gave no token. Texts of the service are kept as they came, without the secrets that were sent, and
/// are cleaned when printed.
package enum OIDCTokenError: Error, Sendable, Equatable {
    /// There was no whole answer.
    case transport(HTTPError)
    /// 401: the job's access token is wrong or its job is over. `activityID` is for support cases.
    case accessTokenRefused(activityID: String?)
    /// A redirect to the sign-in page, or the page itself.
    case signInPage
    /// The connection is not an input of any task of this stage or job; `place` is what the service called it.
    case connectionNotReferenced(ServiceConnectionID, place: String?)
    /// There is no such connection, or this pipeline may not use it.
    case connectionUnknown(ServiceConnectionID)
    /// 403.
    case forbidden(message: String?)
    /// 404 without a word on connections: the address is not that of a running job.
    case notFound
    /// 429, or `Retry-After` with another failure.
    case throttled(after: Duration?)
    /// 408 or 5xx.
    case serviceFailed(status: Int, message: String?)
    /// A success without a token in it.
    case malformedAnswer(reason: String)
    /// Anything else.
    case unexpected(status: Int, message: String?)
}

extension OIDCTokenError: RetryableError {
    package var retryAdvice: RetryAdvice {
        switch self {
        case .transport(let error): error.retryAdvice
        case .throttled(let after): .throttled(after: after)
        case .serviceFailed: .transient
        default: .never
        }
    }
}
