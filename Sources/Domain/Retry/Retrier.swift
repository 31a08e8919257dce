/// Runs an attempt again while that can help and the deadline allows it: exponential delays with full jitter, the
/// service's own `Retry-After` honoured, and no sleep after the last try.
///
/// Source: AWS SDKs and Tools Reference Guide, "Retry behavior" (full jitter, 20 s at most).
package struct Retrier: Sendable {
    /// The first delay's upper bound for a transient fault and for throttling, and the largest delay.
    private static let transientBase = Duration.milliseconds(100)
    private static let throttledBase = Duration.seconds(1)
    private static let largestDelay = Duration.seconds(20)
    /// How often something doubtful is tried.
    private static let doubtfulAttempts = 3

    private let time: any TimeSource
    private let random: any RandomSource
    /// How long all attempts and waits together may take.
    package let deadline: Deadline
    /// Told before each wait: the error, the number of the attempt that failed, the delay. For `--verbose`.
    private let onRetry: @Sendable (any Error, Int, Duration) -> Void

    package init(
        time: any TimeSource, random: any RandomSource, deadline: Deadline,
        onRetry: @escaping @Sendable (any Error, Int, Duration) -> Void = { _, _, _ in }
    ) {
        (self.time, self.random, self.deadline, self.onRetry) = (time, random, deadline, onRetry)
    }

    /// Runs `attempt` until it returns, fails for good, or there is no time for another one.
    ///
    /// - Parameters:
    ///   - advice: what trying again after an error can bring; what the error says itself, unless the attempts must not
    ///     take effect twice.
    ///   - attempt: is given the limits for one try, cut to what is left of the deadline.
    /// - Throws: what the last attempt threw.
    package func run<Value: Sendable, Failure: RetryableError>(
        advice: (Failure) -> RetryAdvice = { $0.retryAdvice },
        _ attempt: (HTTPLimits) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        var number = 1
        while true {
            do throws(Failure) {
                return try await attempt(HTTPLimits(total: deadline.remaining(of: time)))
            } catch {
                guard let delay = delay(after: advice(error), attempt: number),
                    delay < deadline.remaining(of: time)
                else { throw error }
                onRetry(error, number, delay)
                // Cancelled while waiting, or woken too late: the fault that was to be retried is what there is to report.
                guard (try? await time.sleep(for: delay)) != nil, deadline.remaining(of: time) > .zero
                else { throw error }
            }
            number += 1
        }
    }

    /// The wait before the next try; `nil` where none is worth it.
    private func delay(after advice: RetryAdvice, attempt: Int) -> Duration? {
        switch advice {
        case .never: nil
        case .doubtful: attempt < Self.doubtfulAttempts ? backoff(from: Self.transientBase, attempt) : nil
        case .transient: backoff(from: Self.transientBase, attempt)
        case .throttled(let after?) where after > .zero: after
        // No wait at all would only throttle us more.
        case .throttled: backoff(from: Self.throttledBase, attempt)
        }
    }

    private func backoff(from base: Duration, _ attempt: Int) -> Duration {
        // 2^16 × the base is beyond the largest delay; a larger exponent would only overflow.
        min(base * (1 << min(attempt - 1, 16)), Self.largestDelay) * random.fraction()
    }
}

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

/// Randomness. `TLSCrypto` has the real one.
package protocol RandomSource: Sendable {
    /// A number from 0 up to, not including, 1; for jitter.
    func fraction() -> Double
}
