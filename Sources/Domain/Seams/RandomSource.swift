/// Randomness. `TLSCrypto` has the real one.
package protocol RandomSource: Sendable {
    /// A number from 0 up to, not including, 1; for jitter.
    func fraction() -> Double
}
