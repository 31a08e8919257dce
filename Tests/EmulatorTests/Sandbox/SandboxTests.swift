import Emulator
import Foundation
import TestSupport
import Testing

@Suite("A sandbox")
struct SandboxTests {
    @Test("gives the environment of an agent's job, and URLs that are whole") func environment() async throws {
        try await Sandbox.with { sandbox async throws in
            let environment = sandbox.environment
            #expect(environment["TF_BUILD"] == "True")
            #expect(environment["SYSTEM_COLLECTIONURI"] == "\(sandbox.azureURL)/contoso/")
            #expect(environment["SYSTEM_TEAMPROJECT"] == "Web Shop")
            #expect(environment["AWS_ROLE_ARN"] == Sandbox.RoleARN.deploy)
            #expect(environment["AWS_CA_BUNDLE"] == sandbox.authority.rootFile)
            #expect(environment.values.allSatisfy { !$0.isEmpty })
            for service in ["STS", "IAM", "ORGANIZATIONS", "SECRETS_MANAGER", "SSM"] {
                #expect(environment["AWS_ENDPOINT_URL_\(service)"] == sandbox.awsURL)
            }
            // A job has none of what an administrator has.
            let own = sandbox.administratorEnvironment
            #expect(own.keys.sorted() == ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AZURE_DEVOPS_EXT_PAT"])
            #expect(own.keys.allSatisfy { environment[$0] == nil })
            #expect(sandbox.canaries.contains(own["AWS_SECRET_ACCESS_KEY", default: ""]))
            #expect(sandbox.canaries.contains(own["AZURE_DEVOPS_EXT_PAT", default: ""]))
            let mode = try await Child.run("stat", "-c", "%a", try #require(environment["AGENT_TEMPDIRECTORY"]))
            #expect(mode.out == "700\n")
            let urls = [sandbox.azureURL, sandbox.awsURL, sandbox.hooksURL]
            #expect(
                sandbox.trustedHostArguments
                    == urls.flatMap { ["--trusted-host", $0.replacing("https://", with: "")] })
            #expect(Set(urls).count == 3)
            // Addresses to write to are given to whoever asks for them.
            #expect(sandbox.notificationEnvironment["SLACK_WEBHOOK_URL"]?.hasPrefix(sandbox.hooksURL) == true)
            #expect(sandbox.notificationEnvironment.keys.allSatisfy { environment[$0] == nil })
        }
    }

    @Test("speaks plain http where it is asked to") func plainHTTP() async throws {
        var options = Sandbox.Options()
        options.isPlainHTTP = true
        try await Sandbox.with(options) { sandbox async throws in
            #expect(sandbox.awsURL.hasPrefix("http://localhost:"))
            #expect(sandbox.environment["AWS_CA_BUNDLE"] == nil)
            #expect(try await sandbox.assume().status == 200)
            #expect(sandbox.log.records.allSatisfy { !$0.request.isTLS })
        }
    }

    @Test("is there behind a relay that makes it far away") func distant() async throws {
        var options = Sandbox.Options()
        options.roundTripTime = .milliseconds(10)
        try await Sandbox.with(options) { sandbox async throws in
            #expect(!sandbox.azureURL.hasSuffix(":\(sandbox.azureServer.port)"))
            #expect(try await sandbox.assume().status == 200)
        }
    }

    @Test("knows all of its secrets, as they come to be") func canaries() async throws {
        try await Sandbox.with { sandbox async throws in
            #expect(sandbox.canaries.contains(sandbox.accessToken))
            let token = try await sandbox.token()
            #expect(sandbox.canaries.contains(token))
            let before = sandbox.canaries.count
            _ = try await sandbox.assume(token: token)
            // A secret key and a session token.
            #expect(sandbox.canaries.count == before + 2)
            #expect(Set(sandbox.canaries).count == sandbox.canaries.count)
            #expect(sandbox.canaries.allSatisfy { $0.count >= 40 })
        }
    }

    @Test("makes values that need quoting, on request") func nasty() async throws {
        var options = Sandbox.Options()
        options.hasNastyValues = true
        try await Sandbox.with(options) { sandbox async throws in
            let before = sandbox.canaries.count
            _ = try await sandbox.assume()
            // A token, a secret key, a session token.
            #expect(sandbox.canaries.count == before + 3)
            let made = sandbox.canaries.filter { $0.hasPrefix("canarySecret") || $0.hasPrefix("IQoJ") }
            for secret in made {
                for character in #"'"$`\%;]<&> "# { #expect(secret.contains(character)) }
                // What no format could carry is not in it.
                #expect(secret.allSatisfy { !$0.isNewline })
            }
            #expect(made.contains { $0.count == 40 && $0.contains("☂") })
        }
    }

    @Test("logs every request, with its fault and its status") func log() async throws {
        let answered = Counter()
        var options = Sandbox.Options()
        options.onAnswer = { _ in answered.increment() }
        try await Sandbox.with(options) { sandbox async throws in
            sandbox.faults.add(TokenFailure.throttled.fault, to: "oidctoken")
            _ = try await sandbox.askForToken()
            _ = try await sandbox.assume()
            let records = sandbox.log.records
            #expect(records.map(\.operation) == ["oidctoken", "oidctoken", "AssumeRoleWithWebIdentity"])
            #expect(records.map(\.service) == ["azure", "azure", "aws"])
            #expect(records.map(\.status) == [429, 200, 200])
            #expect(records.map(\.fault) == ["status-429", nil, nil])
            #expect(records.map(\.request.connection) == [1, 2, 1])
            #expect(answered.value == 3)
            #expect(sandbox.log.count("oidctoken") == 2)
            sandbox.log.clear()
            #expect(sandbox.log.records.isEmpty)
        }
    }

    @Test("writes its log without secrets") func jsonLines() async throws {
        try await Sandbox.with { sandbox async throws in
            _ = try await sandbox.assume()
            let lines = sandbox.log.records.map(\.jsonLine)
            for line in lines {
                #expect(sandbox.canaries.allSatisfy { !line.contains($0) })
                #expect(!line.contains("\n"))
            }
            let object = try JSONSerialization.jsonObject(with: Data(try #require(lines.last).utf8)) as? [String: Any]
            #expect(object?["operation"] as? String == "AssumeRoleWithWebIdentity")
            #expect(object?["status"] as? Int == 200)
            #expect((object?["parameters"] as? [[String]])?.contains(["RoleArn", Sandbox.RoleARN.deploy]) == true)
        }
    }

    @Test("shows certificates that are wrong, on request") func certificates() async throws {
        var options = Sandbox.Options()
        options.certificate = .expired
        try await Sandbox.with(options) { sandbox async throws in
            let tool = try await Child.run("curl", "-sS", "--cacert", sandbox.authority.rootFile, sandbox.awsURL)
            #expect(tool.code == 60)
        }
    }

    @Test("leaves nothing behind") func traces() async throws {
        var paths: [String] = []
        do {
            var options = Sandbox.Options()
            // An authority of its own, which nobody else keeps.
            options.extraNames = ["other.test"]
            let sandbox = try await Sandbox.start(options)
            paths = [sandbox.temporaryDirectory, sandbox.authority.rootFile]
            await sandbox.stop()
        }
        for path in paths { #expect(!FileManager.default.fileExists(atPath: path)) }
    }
}
