import Emulator
import Testing

/// The lines that stand for what keys there are and where they are kept.
@Suite("The state of a sandbox's connections")
struct ConnectionStateTests {
    @Test("is the same in every sandbox, and tells no secret") func same() async throws {
        let other = try await Sandbox.start()
        try await Sandbox.with { sandbox async throws in
            let lines = sandbox.connectionState
            #expect(lines == other.connectionState)
            #expect(sandbox.canaries.allSatisfy { canary in !lines.contains { $0.contains(canary) } })
            #expect(
                lines.prefix(3) == [
                    "user ci-deploy key1=Active", "user ci-shared key1=Active",
                    "connection aws-prod type=aws useOIDC=false key=ci-deploy.key1 secret=right token=none ready=true "
                        + "projects=[Web Shop: aws-prod]",
                ])
        }
        await other.stop()
    }

    @Test("names keys wherever they are kept") func names() async throws {
        var options = Sandbox.Options()
        options.hasNastyValues = true
        try await Sandbox.with(options) { sandbox async throws in
            sandbox.changeAWS { world in
                let user = world.addUser(name: "ci-deploy", keys: 2)
                let (old, new) = (user.accessKeys[0], user.accessKeys[1])
                let escaped = new.secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                world.addSecret(
                    name: "ci/key",
                    versions: [
                        .init(.text("\(old.id) \(old.secret)"), stages: ["AWSPREVIOUS"]),
                        .init(.text(#"{"id":"\#(new.id)","secret":"\#(escaped)"}"#), stages: ["AWSCURRENT"]),
                        .init(.text(new.id), stages: ["AWSPENDING"]),
                    ])
                world.addParameter(name: "/ci/key", value: "nothing")
                world.changeAccessKey(old.id) { $0.status = .inactive }
            }
            let lines = sandbox.connectionState
            #expect(lines.first == "user ci-deploy key1=Inactive key2=Active")
            // The key that the connection holds is nobody's any more.
            #expect(lines.contains { $0.hasPrefix("connection aws-prod type=aws useOIDC=false key=gone secret=other") })
            #expect(
                lines.suffix(2) == [
                    "secret ci/key AWSCURRENT=ci-deploy.key2 AWSPENDING=ci-deploy.key2 without its secret "
                        + "AWSPREVIOUS=ci-deploy.key1", "parameter /ci/key versions=1 value=other",
                ])
        }
    }
}
