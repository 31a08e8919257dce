package import Domain
package import FoundationEssentials

/// Why there are no credentials.
package enum CredentialError: Error, Sendable, Equatable {
    /// One place that was passed over, with the reason.
    package struct PassedOver: Sendable, Equatable {
        package let source: String
        package let reason: String
    }

    /// Nothing is configured anywhere. What was tried, in order.
    case nothingFound([PassedOver])
    /// A place is configured and gave none.
    case failed(source: String, CredentialFailure)
}

/// What went wrong at a place that is configured.
package enum CredentialFailure: Sendable, Equatable {
    /// Half of it is there; `missing` names the variable or key that is not.
    case incomplete(missing: String)
    /// The configuration makes no sense.
    case misconfigured(reason: String)
    /// A file that is named cannot be read.
    case unreadable(path: String, reason: String)
    /// Only the AWS CLI can sign in, by this command.
    case signInRequired(command: String, reason: String)
    /// The role wants a code from a device, for which nobody can be asked.
    case mfaRequired(serial: String)
    /// The program of a `credential_process` failed.
    case process(reason: String)
    /// The credentials are there, and too old.
    case expired(Date)
    /// The endpoint gave no whole answer.
    case transport(HTTPError)
    /// The endpoint refused or failed; the message is foreign text.
    case answered(status: Int, message: String?)
    /// What came is not credentials. `reason` names what is wrong, never a value.
    case malformed(reason: String)
    /// STS did not give the role.
    case sts(RoleARN, AWSError)
}

extension CredentialError: RetryableError {
    package var retryAdvice: RetryAdvice {
        switch self {
        case .nothingFound: .never
        case .failed(_, let failure): failure.retryAdvice
        }
    }
}

extension CredentialFailure {
    /// A program that failed may work the next time, as may an endpoint; what is written in a file stays as it is.
    fileprivate var retryAdvice: RetryAdvice {
        switch self {
        case .transport(let error): error.retryAdvice
        case .sts(_, let error): error.retryAdvice
        case .answered(let status, _) where status == 429: .throttled(after: nil)
        case .answered(let status, _) where status == 408 || status >= 500: .transient
        case .process: .transient
        case .incomplete, .misconfigured, .unreadable, .signInRequired, .mfaRequired, .expired, .answered, .malformed:
            .never
        }
    }
}
