import COpenSSL
import Domain

/// Randomness from OpenSSL's generator.
package struct SystemRandom: RandomSource {
    package init() {}

    /// `count` bytes fit for keys and tokens.
    ///
    /// - Throws: ``OpenSSLError`` where the system has no entropy to give.
    package static func bytes(_ count: Int) throws(OpenSSLError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw .drain(after: "RAND_bytes") }
        return bytes
    }

    package func fraction() -> Double { Double.random(in: 0..<1) }
}
