import Foundation

/// A certificate authority of the tests' own and certificates by it, made anew by the `openssl` command.
final class Certificates: Sendable {
    struct OpenSSLFailed: Error { let arguments: [String] }

    let folder: URL
    /// The authority's certificate.
    var authority: String { path("ca.pem") }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "keyless-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try openssl(["req", "-x509", "-subj", "/CN=Test authority", "-days", "2", "-out", "ca.pem"] + newKey("ca.key"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Makes a certificate and gives the paths of it and of its key.
    func issue(
        for names: String = "DNS:localhost,DNS:service.test,IP:127.0.0.1,IP:0.0.0.0", days: Int = 2
    ) throws -> (certificate: String, key: String) {
        let name = UUID().uuidString
        try Data("subjectAltName=\(names)".utf8).write(to: folder.appending(path: "\(name).ext"))
        try openssl(["req", "-new", "-subj", "/CN=server", "-out", "\(name).csr"] + newKey("\(name).key"))
        try openssl([
            "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "\(days)",
            "-extfile", "\(name).ext", "-out", "\(name).pem",
        ])
        return (path("\(name).pem"), path("\(name).key"))
    }

    /// An own directory with nothing but the authority's certificate, under the name OpenSSL looks for.
    func hashedDirectory() throws -> String {
        try FileManager.default.createDirectory(at: folder.appending(path: "hashed"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: authority, toPath: path("hashed/ca.pem"))
        try openssl(["rehash", "hashed"])
        return path("hashed")
    }

    func path(_ name: String) -> String { folder.appending(path: name).path() }

    private func newKey(_ name: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name]
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw OpenSSLFailed(arguments: arguments) }
    }
}
