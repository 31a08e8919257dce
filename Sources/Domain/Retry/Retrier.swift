/// Runs an attempt again while that can help and the deadline allows it: exponential delays with full jitter, the
/// service's own `Retry-After` honoured, and no sleep after the last try.
///
/// Sources: AWS SDKs "Retry behavior" (full jitter, 20 s cap); `aws.md` of no vendor allows more than the deadline.
package struct Retrier: Sendable {
    /// The first delay's upper bound for a transient fault and for throttling, and the largest delay.
    private static let transientBase = Duration.milliseconds(100)
    private static let throttledBase = Duration.seconds(1)
    private static let largestDelay = Duration.seconds(20)

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
    ///   - maximumAttempts: how often at most, the first included.
    ///   - attempt: is given the limits for one try, cut to what is left of the deadline.
    /// - Throws: what the last attempt threw.
    package func run<Value: Sendable, Failure: RetryableError>(
        maximumAttempts: Int = .max,
        _ attempt: (HTTPLimits) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        var number = 1
        while true {
            do throws(Failure) {
                return try await attempt(HTTPLimits(total: deadline.remaining(of: time)))
            } catch {
                guard number < maximumAttempts, let delay = delay(after: error.retryAdvice, attempt: number),
                    delay < deadline.remaining(of: time)
                else { throw error }
                onRetry(error, number, delay)
                // Cancelled while waiting: the fault that was to be retried is what there is to report.
                guard (try? await time.sleep(for: delay)) != nil else { throw error }
            }
            number += 1
        }
    }

    /// The wait before the next try; `nil` where none is worth it.
    private func delay(after advice: RetryAdvice, attempt: Int) -> Duration? {
        let base: Duration
        switch advice {
        case .never: return nil
        case .throttled(let after?): return after
        case .throttled(nil): base = Self.throttledBase
        case .transient: base = Self.transientBase
        }
        // 2^16 × the base is beyond the largest delay; a larger exponent would only overflow.
        let bound = min(base * (1 << min(attempt - 1, 16)), Self.largestDelay)
        return bound * random.fraction()
    }
}
