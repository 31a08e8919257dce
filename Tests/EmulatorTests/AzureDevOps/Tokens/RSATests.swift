import Domain
import TLSCrypto
import Testing

@testable import Emulator

/// RS256, against the example of RFC 7515 appendix A.2.
@Suite struct RSATests {
    private static let modulus = """
        ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZ\
        S-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2\
        R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcD\
        TW9gb54h4FRWyuXpoQ
        """
    private static let signature = """
        cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU\
        Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_d\
        O--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig\
        cN_IoypGlUPQGe77Rw
        """
    private static let message = Array(
        """
        eyJhbGciOiJSUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ
        """.utf8)
    private static let exponent: [UInt8] = [1, 0, 1]

    private let modulus: [UInt8]
    private let signature: [UInt8]

    init() throws {
        modulus = try #require(Base64URL.decode(Self.modulus))
        signature = try #require(Base64URL.decode(Self.signature))
    }

    @Test("the RFC's signature is valid")
    func knownAnswer() throws {
        let key = try RSAPublicKey(modulus: modulus, exponent: Self.exponent)
        #expect(key.isValidSignature(signature, of: Self.message))
    }

    @Test("a signature with one bit changed is refused, wherever the bit is", arguments: [0, 1, 127, 254, 255])
    func tamperedSignature(byte: Int) throws {
        let key = try RSAPublicKey(modulus: modulus, exponent: Self.exponent)
        var tampered = signature
        tampered[byte] ^= 1
        #expect(!key.isValidSignature(tampered, of: Self.message))
    }

    @Test("a message with one bit changed is refused", arguments: [0, 20, 21, 113])
    func tamperedMessage(byte: Int) throws {
        let key = try RSAPublicKey(modulus: modulus, exponent: Self.exponent)
        var tampered = Self.message
        tampered[byte] ^= 1
        #expect(!key.isValidSignature(signature, of: tampered))
    }

    @Test("another key refuses the signature, be it one bit away or another exponent")
    func tamperedKey() throws {
        var tampered = modulus
        tampered[100] ^= 1
        let oneBitAway = try RSAPublicKey(modulus: tampered, exponent: Self.exponent)
        #expect(!oneBitAway.isValidSignature(signature, of: Self.message))
        let otherExponent = try RSAPublicKey(modulus: modulus, exponent: [3])
        #expect(!otherExponent.isValidSignature(signature, of: Self.message))
    }

    @Test("what is no signature at all is refused")
    func notASignature() throws {
        let key = try RSAPublicKey(modulus: modulus, exponent: Self.exponent)
        let impossible: [[UInt8]] = [
            [], [0], Array(signature.dropLast()), signature + [0], Array(repeating: 0, count: 256),
            Array(repeating: 0xFF, count: 256),
        ]
        for candidate in impossible { #expect(!key.isValidSignature(candidate, of: Self.message)) }
    }

    @Test("what a private key signs, its public half accepts, and only that")
    func roundTrip() throws {
        let privateKey = try RSAPrivateKey()
        let publicKey = try RSAPublicKey(modulus: privateKey.modulus, exponent: privateKey.exponent)
        let signature = try privateKey.signature(of: Self.message)
        #expect(privateKey.modulus.count == 256)
        #expect(signature.count == 256)
        #expect(publicKey.isValidSignature(signature, of: Self.message))
        #expect(!publicKey.isValidSignature(signature, of: Self.message + [0]))

        let other = try RSAPrivateKey()
        let otherPublic = try RSAPublicKey(modulus: other.modulus, exponent: other.exponent)
        #expect(!otherPublic.isValidSignature(signature, of: Self.message))
    }

    @Test("a key that is too short is not made, and OpenSSL says why")
    func shortKey() {
        let error = #expect(throws: OpenSSLError.self) { try RSAPrivateKey(bits: 1) }
        #expect(error?.operation == "EVP_PKEY_generate")
        #expect(error?.reasons.isEmpty == false)
    }

    @Test("an empty modulus makes no key that accepts anything")
    func emptyKey() {
        let key = try? RSAPublicKey(modulus: [], exponent: [])
        #expect(key?.isValidSignature(signature, of: Self.message) != true)
        #expect(key?.isValidSignature([], of: []) != true)
    }
}
