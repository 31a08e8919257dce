import CurlTransport
import Domain
import Foundation
import LinuxSystem
import TestSupport
import Testing

@testable import Operations
@testable import Emulator

/// An OIDC provider on this machine: `issuer.test` has the discovery document, `keys.test` the keys. An issuer has no
/// port, so both are reached through a proxy, as from many an agent.
struct TestProvider {
    /// How one of the two hosts behaves.
    struct Host {
        let authority: Authority
        var kind = Authority.Kind.trusted
        /// How many of leaf, intermediate and root it presents, in this order; `nil` for what the kind has.
        var presents: Int?
        var faults = FaultPlan()
    }

    let issuer: IssuerURL
    /// The issuer's and the keys'; they keep the files of their authorities.
    private let hosts: [Host]
    private let servers: [HTTPServer]
    private let proxy: ConnectProxy

    static let keys = ServerAnswer(status: 200, type: "application/json", #"{"keys": [{"kty": "RSA", "kid": "1"}]}"#)

    /// A new authority whose certificates are good for both hosts.
    static func authority() async throws -> Authority { try await .make(extraNames: ["issuer.test", "keys.test"]) }

    static func start(
        issuer issuerHost: Host, keys keysHost: Host, document: ServerAnswer = document(), keys: ServerAnswer = keys
    ) async throws -> TestProvider {
        let issuer = try await HTTPServer.start(identity: try await identity(issuerHost), faults: issuerHost.faults) {
            $0.target == "/tenant/.well-known/openid-configuration" ? document : ServerAnswer(status: 404)
        }
        let keysServer = try await HTTPServer.start(identity: try await identity(keysHost), faults: keysHost.faults) {
            $0.target == "/keys?v=1" ? keys : ServerAnswer(status: 404)
        }
        return TestProvider(
            issuer: try IssuerURL(validating: "https://issuer.test/tenant"), hosts: [issuerHost, keysHost],
            servers: [issuer, keysServer],
            proxy: try await ConnectProxy.start(routes: ["issuer.test": issuer.port, "keys.test": keysServer.port]))
    }

    static func document(
        issuer: String = "https://issuer.test/tenant", keys: String = "https://keys.test/keys?v=1"
    ) -> ServerAnswer {
        ServerAnswer(status: 200, type: "application/json", #"{"issuer": "\#(issuer)", "jwks_uri": "\#(keys)"}"#)
    }

    /// A client that reaches the hosts.
    ///
    /// - Parameter caBundle: `nil` for the authorities of this machine.
    func client(trusting caBundle: String?) throws -> CurlHTTPClient {
        let proxy = try ProxyConfiguration(environment: ["HTTPS_PROXY": proxy.url])
        return CurlHTTPClient(
            TransportConfiguration(userAgent: "keyless/test", caBundle: caBundle, proxy: proxy), time: SystemTime())
    }

    /// The thumbprint of the last certificate, as OpenSSL's own commands tell it. The issuer's host is the first.
    func thumbprint(ofHost index: Int) async throws -> String {
        let shown = try await openssl(
            ["s_client", "-connect", "127.0.0.1:\(servers[index].port)", "-servername", "issuer.test", "-showcerts"])
        let last = try #require(Self.certificates(in: shown).last)
        let line = try await openssl(["x509", "-noout", "-fingerprint", "-sha1"], input: last)
        return line.drop { $0 != "=" }.filter(\.isHexDigit).lowercased()
    }

    func stop() async {
        await proxy.stop()
        for server in servers { await server.stop() }
    }

    private static func identity(_ host: Host) async throws -> ServerIdentity {
        let whole = try await host.authority.identity(host.kind)
        guard let count = host.presents else { return whole }
        let texts = try [whole.chainFile, host.authority.rootFile].map {
            try String(contentsOfFile: $0, encoding: .utf8)
        }
        let directory = try TemporaryDirectory()
        try certificates(in: texts.joined()).prefix(count).joined()
            .write(toFile: directory.file("chain.pem"), atomically: false, encoding: .utf8)
        return ServerIdentity(chainFile: directory.file("chain.pem"), keyFile: whole.keyFile, directory: directory)
    }

    private static func certificates(in text: String) -> [String] {
        text.matches(of: #/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/#).map { String($0.output) }
    }

    private func openssl(_ arguments: [String], input: String = "") async throws -> String {
        let run = try await Child.run(
            "openssl", arguments, environment: [:], directory: FileManager.default.temporaryDirectory,
            input: Data(input.utf8))
        guard run.code == 0 else { throw TestSetupError("openssl \(arguments[0]): \(run.err)") }
        return run.out
    }
}
