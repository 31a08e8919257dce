/// What trying the same thing again can bring.
package enum RetryAdvice: Sendable, Equatable {
    /// Nothing: the answer will be the same.
    case never
    /// It may pass: a network fault, 408, 5xx.
    case transient
    /// The service asks for patience; `after` is what its `Retry-After` said.
    case throttled(after: Duration?)
}

/// An error that knows whether trying again can help.
package protocol RetryableError: Error {
    var retryAdvice: RetryAdvice { get }
}
