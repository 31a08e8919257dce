import Emulator
import Testing

@Suite("The authority")
struct AuthorityTests {
    /// What curl's exit code says about a server with that certificate.
    private func curl(_ kind: Authority.Kind, host: String = "localhost", names: [String] = []) async throws -> Tool {
        let authority = try await Authority.make(extraNames: names)
        let server = try await HTTPServer.start(identity: try await authority.identity(kind)) { _ in
            ServerAnswer(status: 200, type: "text/plain", "hello")
        }
        let answer = try await Tool.run(
            "curl", "-sS", "--max-time", "20", "--cacert", authority.rootFile, "--resolve",
            "\(host):\(server.port):127.0.0.1", "https://\(host):\(server.port)/")
        await server.stop()
        return answer
    }

    @Test("issues certificates that curl accepts with the root alone", arguments: ["localhost", "127.0.0.1"])
    func trusted(host: String) async throws {
        let answer = try await curl(.trusted, host: host)
        #expect(answer.exitCode == 0, "\(answer.errors)")
        #expect(answer.output == "hello")
    }

    @Test("issues them for extra names") func extraName() async throws {
        let answer = try await curl(.trusted, host: "sts.example.test", names: ["sts.example.test"])
        #expect(answer.output == "hello", "\(answer.errors)")
    }

    @Test("does not issue them for names nobody asked for") func otherName() async throws {
        let answer = try await curl(.trusted, host: "sts.example.test")
        #expect(answer.exitCode == 60)
        #expect(answer.errors.contains("no alternative certificate subject name matches"))
    }

    @Test(
        "makes certificates that are wrong in one way each",
        arguments: [
            (Authority.Kind.expired, "certificate has expired"),
            (.wrongHost, "no alternative certificate subject name matches"),
            (.selfSigned, "self-signed certificate"),
        ])
    func wrong(kind: Authority.Kind, reason: String) async throws {
        let answer = try await curl(kind)
        #expect(answer.exitCode == 60)
        #expect(answer.errors.contains(reason), "\(answer.errors)")
    }

    @Test("keeps its files while anything needs them and not longer") func lifetime() async throws {
        let path: String
        do {
            let authority = try await Authority.make()
            path = authority.rootFile
            #expect(try await Tool.run("test", "-s", path).exitCode == 0)
            #expect(try await Tool.run("sh", "-c", #"stat -c %a "$(dirname "$0")""#, path).output == "700\n")
        }
        #expect(try await Tool.run("test", "-e", path).exitCode == 1)
    }
}
