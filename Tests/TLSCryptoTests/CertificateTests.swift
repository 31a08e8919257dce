import Domain
import Foundation
import TestSupport
import Testing
import TLSCrypto

/// One chain, presented in four ways; the thumbprints are `openssl x509 -fingerprint`'s.
@Suite struct CertificateTests {
    private struct Expected: Decodable {
        struct Case: Decodable {
            let chain: String
            let thumbprint: String
        }

        let certs: [String: String]
        let cases: [Case]
    }

    private static func pem(_ name: String) throws -> String {
        try Vectors.text("thumbprint/\(name)")
    }

    private let expected: Expected

    init() throws {
        expected = try Vectors.decode(Expected.self, "thumbprint/expected.json")
    }

    @Test(
        "the last certificate's thumbprint is the chain's",
        arguments: [
            ("chain-leaf-only.pem", ["leaf"]), ("chain-short.pem", ["leaf", "int1"]),
            ("chain-no-root.pem", ["leaf", "int1", "int2"]), ("chain-with-root.pem", ["leaf", "int1", "int2", "root"]),
        ])
    func thumbprints(file: String, names: [String]) throws {
        let chain = try Certificate.chain(pem: try Self.pem(file))
        #expect(chain.map(\.thumbprint.text) == names.map { expected.certs[$0] })
        #expect(chain.last?.thumbprint.text == expected.cases.first { $0.chain == file }?.thumbprint)
    }

    @Test("a certificate says whom it is for and when it ends")
    func words() throws {
        let chain = try Certificate.chain(pem: try Self.pem("chain-with-root.pem"))
        #expect(
            chain.map(\.subject) == [
                "/CN=keys.example.test", "/CN=Test Issuing CA", "/CN=Test Top Intermediate", "/CN=Test Root",
            ])
        #expect(
            chain.map { Timestamp($0.notAfter).text } == [
                "2046-08-08T04:36:01Z", "2046-08-08T04:36:01Z", "2046-08-08T04:36:01Z", "2046-11-16T04:36:00Z",
            ])
    }

    @Test("what stands around certificates is passed over, and no certificate is none")
    func surroundings() throws {
        let leaf = try Self.pem("chain-leaf-only.pem")
        #expect(try Certificate.chain(pem: "subject=/CN=a\n\(leaf)\nwords\n\(leaf)end\n").count == 2)
        for text in ["", "words\n"] { #expect(try Certificate.chain(pem: text) == []) }
    }

    @Test("a malformed certificate is an error, never left out of the chain")
    func malformed() throws {
        let leaf = try Self.pem("chain-leaf-only.pem")
        let lines = leaf.split(separator: "\n")
        let broken = [
            lines.dropLast().joined(separator: "\n"),
            ([lines[0]] + lines.dropFirst(2)).joined(separator: "\n") + "\n",
            leaf.replacing("MII", with: "!!!", maxReplacements: 1),
            "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        ]
        for text in broken {
            for pem in [text, leaf + text] {
                let error = #expect(throws: OpenSSLError.self) { try Certificate.chain(pem: pem) }
                #expect(error?.operation == "PEM_read_bio_X509")
            }
        }
        // Nothing is left in the queue for the next one to stumble over.
        #expect(try Certificate.chain(pem: leaf).count == 1)
    }
}
