package import Domain

/// Why Azure DevOps said nothing about an organisation or what is in it, or changed nothing. Texts of the service are
/// kept as they came, without the secrets that were sent, and are cleaned when printed.
package enum OrganizationError: Error, Sendable, Equatable {
    /// There was no whole answer.
    case transport(HTTPError)
    /// 401, or the way to the sign-in page: the credential is wrong, over, or of another organisation.
    case credentialRefused
    /// 403: the credential may not ask that.
    case forbidden(message: String?)
    /// 404: there is no such organisation, project or connection, or the credential may not see it.
    case notFound
    /// 429, or `Retry-After` with another failure that may pass.
    case throttled(after: Duration?)
    /// Any other status.
    case failed(status: Int, message: String?)
    /// A success that has not in it what it should.
    case malformedAnswer
}

extension OrganizationError: RetryableError {
    package var retryAdvice: RetryAdvice {
        switch self {
        case .transport(let error): error.retryAdvice
        case .throttled(let after): .throttled(after: after)
        case .failed(let status, _) where status == 408 || status >= 500: .transient
        default: .never
        }
    }
}
