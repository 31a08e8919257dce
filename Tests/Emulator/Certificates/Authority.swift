import Foundation

/// A certificate authority made for one run, with EC P-256 keys: root → intermediate → leaf.
///
/// The leaf is for `localhost`, 127.0.0.1, ::1 and any extra names. Clients trust ``rootFile``; servers send leaf and
/// intermediate, so a client that does not build the chain fails.
package final class Authority: Sendable {
    /// What is right or wrong about a server's certificate.
    package enum Kind: String, Sendable, CaseIterable {
        /// Nothing is wrong.
        case trusted
        /// Its last day was yesterday.
        case expired
        /// Trusted, but for another host's name.
        case wrongHost = "wrong-host"
        /// No authority stands behind it.
        case selfSigned = "self-signed"
    }

    private let directory: TemporaryDirectory
    private let names: [String]
    /// The names of the files of what was issued.
    private let issued = Shared<[Kind: String]>([:])

    /// Makes the root and the intermediate with the `openssl` command.
    ///
    /// - Parameter extraNames: DNS names the leaf is good for besides the loopback ones.
    /// - Throws: where `openssl` is missing or fails.
    package static func make(extraNames: [String] = []) async throws -> Authority {
        let authority = Authority(directory: try TemporaryDirectory(), names: extraNames)
        try authority.writeConfiguration()
        try await authority.certify("root", extensions: "authority", by: nil)
        try await authority.certify("intermediate", extensions: "authority", by: "root")
        return authority
    }

    private init(directory: TemporaryDirectory, names: [String]) { (self.directory, self.names) = (directory, names) }

    /// The PEM file of the root: what `--ca-bundle` and `AWS_CA_BUNDLE` name.
    package var rootFile: String { directory.file("root.pem") }

    /// A server's certificate: made when first asked for, then the same again.
    ///
    /// - Throws: where `openssl` fails.
    package func identity(_ kind: Kind = .trusted) async throws -> ServerIdentity {
        let name: String
        if let known = issued.value[kind] {
            name = known
        } else {
            name = try await issue(kind)
            issued.change { $0[kind] = name }
        }
        return ServerIdentity(
            chainFile: directory.file("\(name)-chain.pem"), keyFile: directory.file("\(name).key"), directory: directory
        )
    }

    /// Under a name of its own, since two may ask at once.
    private func issue(_ kind: Kind) async throws -> String {
        let name = "\(kind.rawValue)-\(UUID().uuidString)"
        switch kind {
        case .trusted: try await certify(name, extensions: "server", by: "intermediate")
        case .wrongHost: try await certify(name, extensions: "elsewhere", by: "intermediate")
        case .expired: try await certifyExpired(name)
        case .selfSigned: try await certify(name, extensions: "server", by: nil)
        }
        let chain = kind == .selfSigned ? [name] : [name, "intermediate"]
        let pem = try chain.map { try String(contentsOfFile: directory.file("\($0).pem"), encoding: .utf8) }
        try pem.joined().write(toFile: directory.file("\(name)-chain.pem"), atomically: false, encoding: .utf8)
        return name
    }

    private func writeConfiguration() throws {
        let extraNames = names.map { ",DNS:\($0)" }.joined()
        let text = """
            [req]
            distinguished_name = name
            prompt = no
            [name]
            CN = keyless sandbox
            [authority]
            basicConstraints = critical,CA:TRUE
            keyUsage = critical,keyCertSign,cRLSign
            subjectKeyIdentifier = hash
            [server]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = serverAuth
            subjectAltName = DNS:localhost,IP:127.0.0.1,IP:::1\(extraNames)
            [elsewhere]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = serverAuth
            subjectAltName = DNS:elsewhere.invalid

            """
        try text.write(toFile: directory.file("openssl.cnf"), atomically: false, encoding: .utf8)
    }

    /// A key and its certificate in one run of `openssl`.
    private func certify(_ name: String, extensions: String, by issuer: String?) async throws {
        let signer = issuer.map { ["-CA", "\($0).pem", "-CAkey", "\($0).key"] } ?? []
        try await openssl(
            ["req", "-x509", "-days", "2", "-extensions", extensions] + newKey(name) + signer
                + ["-out", "\(name).pem"])
    }

    /// `req` takes no day that has passed; `x509` does.
    private func certifyExpired(_ name: String) async throws {
        try await openssl(["req"] + newKey(name) + ["-out", "\(name).csr"])
        try await openssl([
            "x509", "-req", "-in", "\(name).csr", "-CA", "intermediate.pem", "-CAkey", "intermediate.key",
            "-CAcreateserial", "-days", "-1", "-extfile", "openssl.cnf", "-extensions", "server", "-out", "\(name).pem",
        ])
    }

    private func newKey(_ name: String) -> [String] {
        [
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "\(name).key",
            "-config", "openssl.cnf", "-subj", "/CN=keyless sandbox \(name.prefix { $0 != "-" })",
        ]
    }

    private func openssl(_ arguments: [String]) async throws {
        try await Command.run(["openssl"] + arguments, in: directory.path)
    }
}

/// What a TLS server shows: PEM files of a certificate chain, leaf first, and of the leaf's key.
package struct ServerIdentity: Sendable {
    package let chainFile: String
    package let keyFile: String
    // Keeps the files until the last identity of this authority is gone.
    let directory: TemporaryDirectory
}

/// The authority that sandboxes share while any of them is there: making keys is most of what starting one costs.
enum AuthorityCache {
    private struct Entry {
        weak var authority: Authority?
    }

    /// By the extra names their certificates are good for.
    private static let entries = Shared<[[String]: Entry]>([:])

    /// - Throws: where `openssl` is missing or fails.
    static func authority(extraNames: [String]) async throws -> Authority {
        if let authority = entries.value[extraNames]?.authority { return authority }
        let authority = try await Authority.make(extraNames: extraNames)
        // Two that come at once make one each, and have the first.
        return entries.change { entries in
            if let first = entries[extraNames]?.authority { return first }
            entries[extraNames] = Entry(authority: authority)
            return authority
        }
    }
}
