import Foundation
import TestSupport

/// A certificate authority of the tests' own and certificates by it, made anew by the `openssl` command.
final class Certificates: Sendable {
    let folder: URL
    /// The authority's certificate.
    var authority: String { path("ca.pem") }

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "keyless-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await openssl(
            ["req", "-x509", "-subj", "/CN=Test authority", "-days", "2", "-out", "ca.pem"] + newKey("ca.key"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Makes a certificate and gives the paths of it and of its key.
    func issue(
        for names: String = "DNS:localhost,DNS:service.test,IP:127.0.0.1,IP:0.0.0.0", days: Int = 2
    ) async throws -> (certificate: String, key: String) {
        let name = UUID().uuidString
        try await certify(name, "subjectAltName=\(names)", by: "ca", days: days)
        return (path("\(name).pem"), path("\(name).key"))
    }

    /// Makes a certificate below two intermediates: the PEM texts of leaf, lower and upper intermediate and authority,
    /// and the path of the leaf's key.
    func issueChain() async throws -> (certificates: [String], key: String) {
        try await certify("upper", "basicConstraints=critical,CA:TRUE", by: "ca")
        try await certify("lower", "basicConstraints=critical,CA:TRUE", by: "upper")
        try await certify("leaf", "subjectAltName=DNS:localhost,DNS:service.test", by: "lower")
        let texts = try ["leaf", "lower", "upper", "ca"].map {
            try String(contentsOfFile: path("\($0).pem"), encoding: .utf8)
        }
        return (texts, path("leaf.key"))
    }

    /// Writes certificates into one file and gives its path.
    func bundle(_ certificates: [String]) throws -> String {
        let path = path("\(UUID().uuidString).pem")
        try Data(certificates.joined().utf8).write(to: URL(filePath: path))
        return path
    }

    /// What OpenSSL's own client is presented by a server on this machine, one PEM text a certificate.
    func presented(on port: Int) async throws -> [String] {
        let text = try await openssl([
            "s_client", "-connect", "localhost:\(port)", "-servername", "localhost", "-showcerts",
        ])
        return text.matches(of: #/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/#).map {
            String($0.output)
        }
    }

    /// An own directory with nothing but the authority's certificate, under the name OpenSSL looks for.
    func hashedDirectory() async throws -> String {
        try FileManager.default.createDirectory(at: folder.appending(path: "hashed"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: authority, toPath: path("hashed/ca.pem"))
        try await openssl(["rehash", "hashed"])
        return path("hashed")
    }

    func path(_ name: String) -> String { folder.appending(path: name).path() }

    private func certify(_ name: String, _ extensions: String, by issuer: String, days: Int = 2) async throws {
        try Data(extensions.utf8).write(to: folder.appending(path: "\(name).ext"))
        try await openssl(["req", "-new", "-subj", "/CN=\(name)", "-out", "\(name).csr"] + newKey("\(name).key"))
        try await openssl([
            "x509", "-req", "-in", "\(name).csr", "-CA", "\(issuer).pem", "-CAkey", "\(issuer).key", "-days",
            "\(days)", "-extfile", "\(name).ext", "-out", "\(name).pem",
        ])
    }

    private func newKey(_ name: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name]
    }

    @discardableResult
    private func openssl(_ arguments: [String]) async throws -> String {
        let run = try await Child.run("openssl", arguments, environment: Child.path, directory: folder)
        guard run.code == 0 else { throw TestSetupError("openssl \(arguments[0]): \(run.err)") }
        return run.out
    }
}
