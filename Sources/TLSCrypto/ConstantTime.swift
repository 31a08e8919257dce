import COpenSSL
package import Domain

/// Comparison whose time tells nothing about where two values differ.
package enum ConstantTime {
    /// Whether both hold the same bytes. Only the lengths may be guessed from the time it takes.
    package static func equal(_ left: Secret, _ right: Secret) -> Bool {
        left.withExposedBytes { left in
            right.withExposedBytes { right in
                left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
            }
        }
    }
}
