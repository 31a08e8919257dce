/// Why a policy cannot be evaluated. Whoever evaluates must refuse then: what is not understood never allows.
package enum PolicyError: Error, Equatable {
    /// It is not JSON, or not a policy's JSON.
    case malformed(String)
    /// It uses an operator or a feature that this evaluator does not know.
    case unsupported(String)
}
