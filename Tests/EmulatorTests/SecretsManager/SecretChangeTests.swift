import Emulator
import Foundation
import Testing

/// Secrets that get new versions, and stages that move, by boto3.
@Suite("A secret that is changed")
struct SecretChangeTests {
    private typealias Version = AWSWorld.SecretVersion

    private static let prelude = """
        sm = secretsmanager
        a, b, c = 'a' * 32, 'b' * 32, 'c' * 64
        def put(token, value, **named):
            answer = attempt(sm.put_secret_value, SecretId='key', ClientRequestToken=token, SecretString=value, **named)
            if answer: print(answer['Name'], answer['VersionId'][:1], answer['VersionStages'])
        def move(stage, source=None, target=None):
            named = {'RemoveFromVersionId': source, 'MoveToVersionId': target}
            answer = attempt(sm.update_secret_version_stage, SecretId='key', VersionStage=stage,
                **{name: value for name, value in named.items() if value})
            if answer: print(answer['Name'], answer['ARN'].startswith('arn:aws:secretsmanager:'))
        def stages():
            stages = sm.describe_secret(SecretId='key').get('VersionIdsToStages', {})
            print({version[:1]: sorted(stages) for version, stages in sorted(stages.items())})
        def changed(): return sm.describe_secret(SecretId='key')['LastChangedDate'].timestamp()

        """

    /// Runs a script with a secret `key` that has no value yet, or those given.
    private static func run(_ script: String, versions: [Version] = []) async throws -> (output: String, [String]) {
        var (output, canaries) = ("", [String]())
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0.addSecret(name: "key", versions: versions) }
            output = try await sandbox.boto3("secretsmanager", try sandbox.administratorKey, prelude + script)
            canaries = sandbox.canaries
        }
        return (output, canaries)
    }

    @Test("gets versions, of which the last is current and the one before it previous") func versions() async throws {
        let (output, canaries) = try await Self.run(
            """
            before = changed()
            put(a, 'canary-one')
            stages()
            print(changed() > before)
            put(b, 'canary-two')
            stages()
            put(c, 'canary-three', VersionStages=['AWSPENDING', 'mine'])
            stages()
            put('d' * 32, 'canary-four')
            stages()
            put('e' * 32, 'canary-five', VersionStages=['AWSPENDING', 'AWSCURRENT'])
            stages()
            print(sm.get_secret_value(SecretId='key')['SecretString'])
            """)
        #expect(
            output == """
                key a ['AWSCURRENT']
                {'a': ['AWSCURRENT']}
                True
                key b ['AWSCURRENT']
                {'a': ['AWSPREVIOUS'], 'b': ['AWSCURRENT']}
                key c ['AWSPENDING', 'mine']
                {'a': ['AWSPREVIOUS'], 'b': ['AWSCURRENT'], 'c': ['AWSPENDING', 'mine']}
                key d ['AWSCURRENT']
                {'b': ['AWSPREVIOUS'], 'c': ['AWSPENDING', 'mine'], 'd': ['AWSCURRENT']}
                key e ['AWSPENDING', 'AWSCURRENT']
                {'c': ['mine'], 'd': ['AWSPREVIOUS'], 'e': ['AWSCURRENT', 'AWSPENDING']}
                canary-five

                """)
        #expect(Set(["canary-one", "canary-five"]).isSubset(of: canaries))
    }

    @Test("makes its very first version current too, whatever stages it is given") func first() async throws {
        let (output, _) = try await Self.run("put(a, 'one', VersionStages=['AWSPENDING'])\nstages()")
        #expect(output == "key a ['AWSPENDING', 'AWSCURRENT']\n{'a': ['AWSCURRENT', 'AWSPENDING']}\n")
    }

    @Test("takes the same value under the same token once, and no other") func token() async throws {
        let (output, _) = try await Self.run(
            """
            put(a, 'one')
            put(b, 'two', VersionStages=['AWSPENDING'])
            before = changed()
            put(a, 'one')
            # What is there already is left as it is.
            put(b, 'two', VersionStages=['AWSCURRENT'])
            put(a, 'two')
            attempt(sm.put_secret_value, SecretId='key', ClientRequestToken=a, SecretBinary=b'one')
            stages()
            print(changed() == before)
            print(sm.describe_secret(SecretId='key')['ARN'])
            """)
        let lines = output.split(separator: "\n").map(String.init)
        let used =
            "ResourceExistsException: You can't use ClientRequestToken \(String(repeating: "a", count: 32)) because that "
            + "value is already in use for a version of secret \(lines.last ?? "")."
        #expect(
            lines.dropLast() == [
                "key a ['AWSCURRENT']", "key b ['AWSPENDING']", "key a ['AWSCURRENT']", "key b ['AWSPENDING']", used,
                used, "{'a': ['AWSCURRENT'], 'b': ['AWSPENDING']}", "True",
            ])
    }

    @Test("is refused values that are none, two, too long, or without a proper token") func refusals() async throws {
        let (output, _) = try await Self.run(
            """
            put(a, '')
            attempt(sm.put_secret_value, SecretId='key', ClientRequestToken=a)
            attempt(sm.put_secret_value, SecretId='key', ClientRequestToken=a, SecretString='x', SecretBinary=b'x')
            put(a, 'x' * 65537)
            put(a, 'é' * 32769)
            put(a, 'x' * 65536)
            put('b' * 31, 'x')
            put('b' * 65, 'x')
            put(b, 'x', VersionStages=[])
            put(b, 'x', VersionStages=['x' * 257])
            attempt(sm.put_secret_value, SecretId='none', SecretString='x')
            """)
        let constraint = "failed to satisfy constraint: Member must have length"
        let long =
            "ValidationException: 1 validation error detected: Value at 'secretString' \(constraint) less than or equal "
            + "to 65536\n"
        let neither = "InvalidRequestException: You must provide either SecretString or SecretBinary.\n"
        let token = "InvalidParameterException: ClientRequestToken must be 32-64 characters long.\n"
        #expect(
            output == neither + neither
                + "InvalidParameterException: You can't specify both SecretString and SecretBinary.\n" + long + long
                + "key a ['AWSCURRENT']\n" + token + token
                + "ValidationException: 1 validation error detected: Value '[]' at 'versionStages' \(constraint) "
                + "greater than or equal to 1\n"
                + "ValidationException: 1 validation error detected: Value '\(String(repeating: "x", count: 257))' at "
                + "'versionStages.1.member' \(constraint) less than or equal to 256\n"
                + "ResourceNotFoundException: Secrets Manager can't find the specified secret.\n")
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0.addSecret(name: "key") }
            let answer = try await sandbox.signed(
                json: #"{"SecretId":"key","SecretString":"x"}"#, target: "secretsmanager.PutSecretValue",
                service: "secretsmanager")
            #expect(
                answer.contains(
                    #""Message":"You must provide a ClientRequestToken value. We recommend a UUID-type value.""#))
            #expect(answer.contains(#""__type":"InvalidRequestException""#))
        }
    }

    @Test("moves AWSCURRENT when it is told from where, and AWSPREVIOUS after it") func moves() async throws {
        let (output, _) = try await Self.run(
            """
            put(a, 'one')
            put(b, 'two')
            put(c, 'three', VersionStages=['AWSPENDING'])
            before = changed()
            move('AWSCURRENT', target=c)
            move('AWSCURRENT', source=a, target=c)
            print(changed() == before)
            move('AWSCURRENT', source=b, target=c)
            print(changed() > before)
            stages()
            # And back, to what is previous now.
            move('AWSCURRENT', source=c, target=b)
            stages()
            # What is there is there.
            move('AWSCURRENT', target=b)
            stages()
            """)
        let mismatch =
            "InvalidRequestException: You provided a VersionStage that is not associated to the provided VersionId."
        #expect(
            output == """
                key a ['AWSCURRENT']
                key b ['AWSCURRENT']
                key c ['AWSPENDING']
                InvalidParameterException: The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT \
                is currently attached to version \(String(repeating: "b", count: 32)), so you must explicitly reference \
                that version in RemoveFromVersionId.
                \(mismatch)
                True
                key True
                True
                {'b': ['AWSPREVIOUS'], 'c': ['AWSCURRENT', 'AWSPENDING']}
                key True
                {'b': ['AWSCURRENT'], 'c': ['AWSPENDING', 'AWSPREVIOUS']}
                key True
                {'b': ['AWSCURRENT'], 'c': ['AWSPENDING', 'AWSPREVIOUS']}

                """)
    }

    @Test("attaches and removes any other stage, and AWSCURRENT never") func labels() async throws {
        let (output, _) = try await Self.run(
            """
            put(a, 'one')
            put(b, 'two', VersionStages=['AWSPENDING'])
            move('mine', target=a)
            move('mine', source=b, target=a)
            move('mine', source=a, target=b)
            move('AWSPENDING', source=b)
            move('AWSPENDING', source=b)
            stages()
            move('AWSCURRENT', source=a)
            move('mine')
            move('mine', source='d' * 32, target=a)
            move('mine', source=b, target='d' * 32)
            move('mine', target='d' * 31)
            stages()
            """)
        let mismatch =
            "InvalidRequestException: You provided a VersionStage that is not associated to the provided VersionId."
        let unknown =
            "ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: "
            + String(repeating: "d", count: 32)
        #expect(
            output == """
                key a ['AWSCURRENT']
                key b ['AWSPENDING']
                key True
                \(mismatch)
                key True
                key True
                \(mismatch)
                {'a': ['AWSCURRENT'], 'b': ['mine']}
                InvalidParameterException: You can only move staging label AWSCURRENT to a different secret version. \
                It can’t be completely removed.
                InvalidParameterException: You must provide a value for either MoveToVersionId or RemoveFromVersionId.
                \(unknown)
                \(unknown)
                ValidationException: 1 validation error detected: Value '\(String(repeating: "d", count: 31))' at \
                'moveToVersionId' failed to satisfy constraint: Member must have length greater than or equal to 32
                {'a': ['AWSCURRENT'], 'b': ['mine']}

                """)
    }
}
