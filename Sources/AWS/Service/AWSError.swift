package import Domain

/// Why a call of an AWS service brought nothing.
package enum AWSError: Error, Sendable, Equatable {
    /// There was no whole answer.
    case transport(HTTPError)
    /// The service refused or failed.
    case service(ServiceFault)
    /// The answer's status says that all is well, but what it should hold is not in it. `reason` names what is
    /// missing, never a value.
    case malformedAnswer(operation: String, reason: String)
}

extension AWSError: RetryableError {
    /// That of the transport or of the fault; a malformed answer would only come again.
    package var retryAdvice: RetryAdvice {
        switch self {
        case .transport(let error): error.retryAdvice
        case .service(let fault): fault.retryAdvice
        case .malformedAnswer: .never
        }
    }
}
