import Testing

@testable import TLSCrypto

@Suite struct OpenSSLErrorTests {
    @Test("a failure says which call failed and why")
    func reasons() {
        let error = #expect(throws: OpenSSLError.self) { try RSAPrivateKey(bits: 1) }
        #expect(error?.operation == "EVP_PKEY_generate")
        #expect(error?.reasons.isEmpty == false)
        #expect(error?.description.hasPrefix("EVP_PKEY_generate failed: ") == true)
    }

    @Test("a failure leaves nothing behind for the next one to report")
    func drained() {
        _ = try? RSAPrivateKey(bits: 1)
        #expect(OpenSSLError.drain(after: "nothing") == OpenSSLError(operation: "nothing", reasons: []))
        #expect(OpenSSLError(operation: "nothing", reasons: []).description == "nothing failed")
    }
}
