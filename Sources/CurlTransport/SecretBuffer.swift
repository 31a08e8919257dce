import CCurl
import Domain

/// A copy of a secret at a fixed address and with a zero after it, as C wants it; wiped when it goes.
struct SecretBuffer: ~Copyable {
    private let bytes: UnsafeMutableRawBufferPointer

    init(_ secret: Secret) {
        bytes = .allocate(byteCount: secret.count + 1, alignment: 1)
        secret.withExposedBytes { bytes.copyBytes(from: $0) }
        bytes[secret.count] = 0
    }

    deinit {
        if let address = bytes.baseAddress { explicit_bzero(address, bytes.count) }
        bytes.deallocate()
    }

    /// The number of bytes before the zero.
    var count: Int { bytes.count - 1 }

    /// Lends the address, which is good for as long as this value lives.
    borrowing func withCString<Result, Failure: Error>(
        _ body: (UnsafeMutablePointer<CChar>?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes.assumingMemoryBound(to: CChar.self).baseAddress)
    }
}
