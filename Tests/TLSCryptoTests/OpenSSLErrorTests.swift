import Testing

@testable import TLSCrypto

@Suite struct OpenSSLErrorTests {
    /// Where a certificate is to be, and is none.
    private static let damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"

    @Test("a failure says which call failed and why")
    func reasons() {
        let error = #expect(throws: OpenSSLError.self) { try Certificate.chain(pem: Self.damaged) }
        #expect(error?.operation == "PEM_read_bio_X509")
        #expect(error?.reasons.isEmpty == false)
        #expect(error?.description.hasPrefix("PEM_read_bio_X509 failed: ") == true)
    }

    @Test("a failure leaves nothing behind for the next one to report")
    func drained() {
        _ = try? Certificate.chain(pem: Self.damaged)
        #expect(OpenSSLError.drain(after: "nothing") == OpenSSLError(operation: "nothing", reasons: []))
        #expect(OpenSSLError(operation: "nothing", reasons: []).description == "nothing failed")
    }
}
