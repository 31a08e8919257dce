import Domain

/// Always the same number.
package struct FixedRandom: RandomSource {
    private let value: Double

    /// - Parameter value: from 0 to 1. No real source gives 1, which stands for the longest delay there can be.
    package init(_ value: Double) { self.value = value }

    package func fraction() -> Double { value }
}
