import Emulator
import Foundation
import TestSupport
import Testing

@Suite("A minted token")
struct TokenTests {
    @Test("is good for five minutes and for one audience") func lifetime() async throws {
        try await Sandbox.with { sandbox async throws in
            let claims = try claims(try await sandbox.token())
            let (issued, expires) = (try #require(claims["iat"] as? Int), try #require(claims["exp"] as? Int))
            #expect(expires - issued == 300)
            #expect(claims["nbf"] as? Int == issued)
            #expect(claims["aud"] as? String == "api://AzureADTokenExchange")
            #expect(claims["iss"] as? String == "https://vstoken.dev.azure.com/\(sandbox.azure.organizationID)")
            #expect(Set(claims.keys) == ["iss", "sub", "aud", "jti", "iat", "nbf", "exp"])
        }
    }

    @Test("of the pipeline tells of project, run and branch") func pipeline() async throws {
        try await Sandbox.with { sandbox async throws in
            let claims = try claims(try await sandbox.token(connection: nil))
            #expect(claims["org_id"] as? String == sandbox.azure.organizationID)
            #expect(claims["prj_id"] as? String == sandbox.azure.projectID)
            #expect(claims["def_id"] as? String == "7")
            #expect(claims["run_id"] as? String == "1042")
            #expect(claims["rpo_ref"] as? String == "refs/heads/main")
        }
    }

    @Test("of an AzureRM connection comes from Entra, and comes again unchanged") func entra() async throws {
        try await Sandbox.with { sandbox async throws in
            let connection = sandbox.azure.connections[2].id
            let token = try await sandbox.token(connection: connection)
            let claims = try claims(token)
            #expect((claims["iss"] as? String)?.hasPrefix("https://login.microsoftonline.com/") == true)
            // Tenant and application are base64url of the GUIDs' bytes in .NET's order.
            #expect(
                claims["sub"] as? String
                    == "/eid1/c/pub/t/v4j5cvGGr0GRqy180BHbRw/a/rISbSSETf0KqFyZ8ppdXmA/sc/"
                    + "\(sandbox.azure.organizationID)/\(connection)")
            #expect(claims["azp"] as? String == "499b84ac-1321-427f-aa17-267ca6975798")
            #expect(try await sandbox.token(connection: connection) == token)
        }
    }

    @Test("is signed with a published key: openssl verifies it") func signature() async throws {
        try await Sandbox.with { sandbox async throws in
            let keys = try await Answer.curl(sandbox, [sandbox.azureURL + "/.well-known/jwks"])
            let script = """
                import base64, json, subprocess, sys, os
                def raw(text): return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))
                def der(tag, body):
                    size = len(body)
                    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, 'big')
                    return bytes([tag]) + length + body
                keys, token, directory = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3]
                header, payload, signature = token.split('.')
                key = [k for k in keys['keys'] if k['kid'] == json.loads(raw(header))['kid']][0]
                numbers = b''.join(der(2, b'\\0' + raw(key[name])) for name in 'ne')
                algorithm = bytes.fromhex('300d06092a864886f70d0101010500')
                public = der(0x30, algorithm + der(3, b'\\0' + der(0x30, numbers)))
                os.chdir(directory)
                open('key', 'wb').write(public); open('signature', 'wb').write(raw(signature))
                sys.exit(subprocess.run(['openssl', 'dgst', '-sha256', '-verify', 'key', '-keyform', 'DER',
                    '-signature', 'signature'], input=f'{header}.{payload}'.encode()).returncode)
                """
            let directory = try TemporaryDirectory()
            let token = try await sandbox.token()
            let proper = try await Child.run("python3", "-c", script, keys.body, token, directory.path)
            #expect(proper.out == "Verified OK\n", "\(proper.err)")
            sandbox.changeAzure { $0.token.isForged = true }
            let forged = try await Child.run("python3", "-c", script, keys.body, sandbox.token(), directory.path)
            #expect(forged.code == 1)
        }
    }

    @Test("can be wrong in every way asked for") func options() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure {
                $0.token.lifetime = .seconds(-60)
                $0.token.notBefore = .seconds(3600)
                $0.token.issuer = "https://vstoken.dev.azure.com/other"
                $0.token.audience = "other"
                $0.token.subject = "sc://a/b/c"
                $0.token.claims = ["amr": .texts(["x"])]
            }
            let claims = try claims(try await sandbox.token())
            let issued = try #require(claims["iat"] as? Int)
            #expect(claims["exp"] as? Int == issued - 60)
            #expect(claims["nbf"] as? Int == issued + 3600)
            #expect(claims["iss"] as? String == "https://vstoken.dev.azure.com/other")
            #expect(claims["aud"] as? String == "other")
            #expect(claims["sub"] as? String == "sc://a/b/c")
            #expect(claims["amr"] as? [String] == ["x"])
        }
    }

    @Test("belongs to an issuer that can be discovered") func discovery() async throws {
        try await Sandbox.with { sandbox async throws in
            let path = "/\(sandbox.azure.organizationID)/.well-known/openid-configuration"
            let answer = try await Answer.curl(sandbox, [sandbox.azureURL + path])
            #expect(try answer.json()["issuer"] as? String == sandbox.azure.issuer)
            #expect(try answer.json()["jwks_uri"] as? String == "https://vstoken.dev.azure.com/.well-known/jwks")
            let other = try await Answer.curl(sandbox, [sandbox.azureURL + "/other/.well-known/openid-configuration"])
            #expect(other.status == 404)
        }
    }
}
