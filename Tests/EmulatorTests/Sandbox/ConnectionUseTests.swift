import Emulator
import Testing

/// The jobs that use the connections' keys meanwhile.
@Suite("Connections in use")
struct ConnectionUseTests {
    private func key(_ sandbox: Sandbox, of connection: String = "aws-prod") throws -> String {
        try #require(sandbox.azure[connection: connection]?.parameters["username"])
    }

    @Test("have keys that AWS takes, at first and after an update") func taken() async throws {
        var options = Sandbox.Options()
        options.usesConnections = true
        try await Sandbox.with(options) { sandbox async throws in
            let user = sandbox.aws[user: "ci-deploy", in: AWSWorld.home]
            #expect(user?.accessKeyID == (try key(sandbox)))
            let id = try key(sandbox)
            let secret = try #require(user?.secretAccessKey)
            #expect(
                try await sandbox.update {
                    $0.change("authorization") { $0.change("parameters") { $0["password"] = secret } }
                }.status == 200)
            #expect(sandbox.aws[accessKey: id]?.lastUse?.service == "sts")
            let use = sandbox.connectionUse
            // Two connections, before and after each of two requests.
            #expect(use.attempts >= 8)
            #expect(use.refusals == [])
        }
    }

    @Test("are not tried before they are in use") func idle() async throws {
        try await Sandbox.with { sandbox async throws in
            _ = try await sandbox.endpoint()
            #expect(sandbox.connectionUse.attempts == 0)
            sandbox.useConnections()
            _ = try await sandbox.endpoint()
            #expect(sandbox.connectionUse.attempts >= 4)
        }
    }

    @Test("tell of a state that the very next request ends") func window() async throws {
        try await Sandbox.with { sandbox async throws in
            let id = try key(sandbox)
            sandbox.useConnections()
            _ = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                for status in ['Inactive', 'Active']:
                    iam.update_access_key(UserName='ci-deploy', AccessKeyId='\(id)', Status=status)
                """)
            let use = sandbox.connectionUse
            #expect(use.refusals.map(\.connection) == ["aws-prod"])
            #expect(use.refusals.map(\.accessKeyID) == [id])
            #expect(use.refusalCount >= 2)
            #expect(use.refusalCount < use.attempts)
        }
    }

    @Test("tell of what nobody asked for") func cadence() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.useConnections()
            sandbox.changeAzure { $0[connection: "aws-prod"]?.parameters["password"] = "wrong" }
            while sandbox.connectionUse.refusals.isEmpty { await Task.yield() }
            #expect(sandbox.log.records.isEmpty)
        }
    }

    @Test("are refused with a session token that a long-term key has not") func staleToken() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure { $0[connection: "aws-shared"]?.parameters["sessionToken"] = "stale" }
            sandbox.useConnections()
            _ = try await sandbox.endpoint()
            #expect(sandbox.connectionUse.refusals.map(\.connection) == ["aws-shared"])
        }
    }

    @Test("are those with keys of AWS only") func others() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure { world in
                for index in world.connections.indices { world.connections[index].parameters["useOIDC"] = "True" }
            }
            sandbox.useConnections()
            _ = try await sandbox.endpoint()
            #expect(sandbox.connectionUse.attempts == 0)
        }
    }
}
