import Emulator
import TestSupport
import Testing

@Suite("The authority")
struct AuthorityTests {
    /// What curl's exit code says about a server with that certificate.
    private func curl(_ kind: Authority.Kind, host: String = "localhost", names: [String] = []) async throws
        -> ChildResult
    {
        let authority = try await Authority.make(extraNames: names)
        let server = try await HTTPServer.start(identity: try await authority.identity(kind)) { _ in
            ServerAnswer(status: 200, type: "text/plain", "hello")
        }
        let answer = try await Child.run(
            "curl", "-sS", "--max-time", "20", "--cacert", authority.rootFile, "--resolve",
            "\(host):\(server.port):127.0.0.1", "https://\(host):\(server.port)/")
        await server.stop()
        return answer
    }

    @Test("issues certificates that curl accepts with the root alone", arguments: ["localhost", "127.0.0.1"])
    func trusted(host: String) async throws {
        let answer = try await curl(.trusted, host: host)
        #expect(answer.code == 0, "\(answer.err)")
        #expect(answer.out == "hello")
    }

    @Test("issues them for extra names") func extraName() async throws {
        let answer = try await curl(.trusted, host: "sts.example.test", names: ["sts.example.test"])
        #expect(answer.out == "hello", "\(answer.err)")
    }

    @Test("does not issue them for names nobody asked for") func otherName() async throws {
        let answer = try await curl(.trusted, host: "sts.example.test")
        #expect(answer.code == 60)
        #expect(answer.err.contains("no alternative certificate subject name matches"))
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
        #expect(answer.code == 60)
        #expect(answer.err.contains(reason), "\(answer.err)")
    }

    @Test("keeps its files while anything needs them and not longer") func lifetime() async throws {
        let path: String
        do {
            let authority = try await Authority.make()
            path = authority.rootFile
            #expect(try await Child.run("test", "-s", path).code == 0)
            #expect(try await Child.run("sh", "-c", #"stat -c %a "$(dirname "$0")""#, path).out == "700\n")
        }
        #expect(try await Child.run("test", "-e", path).code == 1)
    }
}
