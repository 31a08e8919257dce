/// What trying the same thing again can bring.
package enum RetryAdvice: Sendable, Equatable {
    /// Nothing: the answer will be the same.
    case never
    /// It may pass: a network fault, 408, 5xx.
    case transient
    /// It may pass, and more likely will not: a name without an address is a typing mistake more often than a fault.
    case doubtful
    /// The service asks for patience; `after` is what its `Retry-After` said.
    case throttled(after: Duration?)
}

/// An error that knows whether trying again can help.
package protocol RetryableError: Error {
    var retryAdvice: RetryAdvice { get }
}
