import Emulator
import Testing

/// Parameters that are read, by boto3.
@Suite("A parameter of Systems Manager")
struct ParameterTests {
    private static func with(_ body: (Sandbox) async throws -> Void) async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { world in
                world.addParameter(name: "/ci/hook", value: "canary-first", labels: ["live"])
                world.addParameter(name: "/ci/hook", value: "canary-second", labels: ["next"])
                world.addParameter(name: "plain", value: "open", kind: .text)
                world.addParameter(name: "elsewhere", value: "open", kind: .text, region: "us-east-1")
            }
            try await body(sandbox)
        }
    }

    @Test("is found by its name and its ARN, of its last version or the one asked for") func found() async throws {
        try await Self.with { sandbox in
            let output = try await sandbox.boto3(
                "ssm", try sandbox.administratorKey,
                """
                arn = 'arn:aws:ssm:eu-central-1:111122223333:parameter'
                for name in ['/ci/hook', '/ci/hook:1', '/ci/hook:2', '/ci/hook:live', arn + '/ci/hook',
                        arn + '/ci/hook:next', arn + '/plain', 'plain:1', arn + '/plain:1']:
                    found = ssm.get_parameter(Name=name, WithDecryption=True)['Parameter']
                    print(found['Name'], found['Type'], found['Value'], found['Version'], found.get('Selector'),
                        found['ARN'].startswith(arn), found['LastModifiedDate'].timestamp(), found['DataType'])
                """)
            let rest = "True 1767225600.0 text"
            #expect(
                output == """
                    /ci/hook SecureString canary-second 2 None \(rest)
                    /ci/hook SecureString canary-first 1 :1 \(rest)
                    /ci/hook SecureString canary-second 2 :2 \(rest)
                    /ci/hook SecureString canary-first 1 :live \(rest)
                    /ci/hook SecureString canary-second 2 None \(rest)
                    /ci/hook SecureString canary-second 2 :next \(rest)
                    plain String open 1 None \(rest)
                    plain String open 1 :1 \(rest)
                    plain String open 1 :1 \(rest)

                    """)
            #expect(Set(["canary-first", "canary-second"]).isSubset(of: sandbox.canaries))
            #expect(!sandbox.canaries.contains("open"))
        }
    }

    @Test("is told as it is kept, unless it is to be decrypted") func ciphertext() async throws {
        try await Self.with { sandbox in
            let output = try await sandbox.boto3(
                "ssm", try sandbox.administratorKey,
                """
                import base64
                one, two = (ssm.get_parameter(Name=name)['Parameter']['Value'] for name in ['/ci/hook', '/ci/hook:1'])
                print(one != two, len(base64.b64decode(one, validate=True)) > 100, 'canary' in one)
                print(ssm.get_parameter(Name='plain')['Parameter']['Value'])
                """)
            #expect(output == "True True False\nopen\n")
        }
    }

    @Test("is not found under another name, nor elsewhere, nor in a version it has not") func missing() async throws {
        try await Self.with { sandbox in
            let output = try await sandbox.boto3(
                "ssm", try sandbox.administratorKey,
                """
                for name in ['/ci', 'ci/hook', 'elsewhere', 'arn:aws:ssm:us-east-1:111122223333:parameter/elsewhere',
                        'arn:aws:ssm:eu-central-1:444455556666:parameter/plain', 'none:3']:
                    attempt(ssm.get_parameter, Name=name)
                for name in ['/ci/hook:3', '/ci/hook:0', 'plain:live']:
                    attempt(ssm.get_parameter, Name=name)
                attempt(ssm.get_parameter)
                """)
            let version = { (what: String, word: String) in
                "ParameterVersionNotFound: Systems Manager could not find \(what). Verify the \(word) and try again.\n"
            }
            #expect(
                output == String(repeating: "ParameterNotFound: \n", count: 6)
                    + version("version 3 of /ci/hook", "version") + version("version 0 of /ci/hook", "version")
                    + version("label live of plain", "label")
                    + "ValidationException: 1 validation error detected: Value null at 'name' failed to satisfy "
                    + "constraint: Member must not be null\n")
        }
    }

    @Test("is for those who may read it, and decrypt it") func denied() async throws {
        try await Self.with { sandbox in
            let denied = { (action: String, resource: String) in
                "AccessDeniedException: User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: "
                    + "\(action) on resource: \(resource) because no identity-based policy allows the \(action) action\n"
            }
            let script = """
                attempt(ssm.get_parameter, Name='/ci/hook', WithDecryption=True)
                attempt(ssm.get_parameter, Name='plain:7', WithDecryption=True)
                if attempt(ssm.get_parameter, Name='/ci/hook'): print('read')
                """
            let key = try sandbox.administratorKey
            sandbox.changeAWS { $0.administrator?.deniedActions = ["kms:Decrypt"] }
            let output = try await sandbox.boto3("ssm", key, script)
            #expect(
                output.hasPrefix(
                    "AccessDeniedException: User: arn:aws:iam::111122223333:user/administrator is not authorized to "
                        + "perform: kms:Decrypt on resource: arn:aws:kms:eu-central-1:111122223333:key/"))
            #expect(output.hasSuffix(" and try again.\nread\n"))
            sandbox.changeAWS { $0.administrator?.deniedActions = ["ssm:GetParameter"] }
            let arn = "arn:aws:ssm:eu-central-1:111122223333:parameter"
            let hook = denied("ssm:GetParameter", "\(arn)/ci/hook")
            #expect(
                try await sandbox.boto3("ssm", key, script) == hook + denied("ssm:GetParameter", "\(arn)/plain") + hook)
        }
    }
}
