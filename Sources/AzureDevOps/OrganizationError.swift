package import Domain

/// Why Azure DevOps said nothing about an organisation.
package enum OrganizationError: Error, Sendable, Equatable {
    /// There was no whole answer.
    case transport(HTTPError)
    /// 401, or the way to the sign-in page: the credential is wrong, over, or of another organisation.
    case credentialRefused
    /// 403: the credential may not ask that.
    case forbidden
    /// 404: there is no such organisation or project, or the credential may not see it.
    case notFound
    /// 429.
    case throttled(after: Duration?)
    /// Any other status.
    case failed(status: Int)
    /// A success that has not in it what it should.
    case malformedAnswer
}

extension OrganizationError: RetryableError {
    package var retryAdvice: RetryAdvice {
        switch self {
        case .transport(let error): error.retryAdvice
        case .throttled(let after): .throttled(after: after)
        case .failed(let status) where status == 408 || status >= 500: .transient
        default: .never
        }
    }
}
