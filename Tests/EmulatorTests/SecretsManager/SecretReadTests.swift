import Emulator
import Foundation
import Testing

/// Secrets that are read, by boto3.
@Suite("A secret of Secrets Manager")
struct SecretReadTests {
    private typealias Version = AWSWorld.SecretVersion

    private static let (old, now, next) = (
        String(repeating: "1", count: 32), String(repeating: "2", count: 32), String(repeating: "3", count: 32)
    )

    /// A sandbox whose secret has a version of every stage, and one of none.
    private static func with(_ body: (Sandbox, _ arn: String) async throws -> Void) async throws {
        try await Sandbox.with { sandbox async throws in
            var arn = ""
            sandbox.changeAWS { world in
                arn = world.addSecret(
                    name: "ci/key",
                    versions: [
                        Version(id: String(repeating: "0", count: 32), .text("canary-deprecated"), stages: []),
                        Version(id: old, .text("canary-old"), stages: ["AWSPREVIOUS"]),
                        Version(id: now, .text("canary-now"), stages: ["AWSCURRENT", "mine"]),
                        Version(id: next, .bytes([0, 255]), stages: ["AWSPENDING"]),
                    ])
            }
            try await body(sandbox, arn)
        }
    }

    @Test("is found by its name and its ARN, whole or partial, where it is") func found() async throws {
        try await Self.with { sandbox, arn in
            sandbox.changeAWS { $0.addSecret(name: "ci/key-abcdef", account: "444455556666", region: "us-east-1") }
            sandbox.changeAWS { $0.addSecret(name: "ci/key-abcdef") }
            #expect(arn.hasPrefix("arn:aws:secretsmanager:eu-central-1:111122223333:secret:ci/key-"))
            let output = try await sandbox.boto3(
                "secretsmanager", try sandbox.administratorKey,
                """
                arn = '\(arn)'
                for name in ['ci/key', arn, arn[:-7]]:
                    print(secretsmanager.get_secret_value(SecretId=name)['ARN'] == arn)
                # The last is the partial ARN of a secret that there is, misread as AWS does.
                for name in ['ci', 'CI/key', arn + 'x', arn[:-6] + 'xxxxxx', arn.replace('eu-central-1', 'us-east-1'),
                        arn.replace('1111', '4444'), arn[:-6] + 'abcdef']:
                    attempt(secretsmanager.describe_secret, SecretId=name)
                print(secretsmanager.describe_secret(SecretId='ci/key-abcdef')['Name'])
                """)
            let missing = "ResourceNotFoundException: Secrets Manager can't find the specified secret.\n"
            #expect(
                output == "True\nTrue\nTrue\n" + String(repeating: missing, count: 7) + "ci/key-abcdef\n")
            #expect(
                try await sandbox.boto3(
                    "secretsmanager", try sandbox.administratorKey,
                    "secretsmanager.get_secret_value(SecretId='ci/key')", environment: ["AWS_REGION": "us-east-1"])
                    == missing)
        }
    }

    @Test("has values by version and by stage") func values() async throws {
        try await Self.with { sandbox, arn in
            let output = try await sandbox.boto3(
                "secretsmanager", try sandbox.administratorKey,
                """
                def get(**named):
                    value = attempt(secretsmanager.get_secret_value, SecretId='ci/key', **named)
                    if value: print(value['VersionId'][:1], value.get('SecretString'), value.get('SecretBinary'),
                        value.get('VersionStages'), value['CreatedDate'].timestamp())
                get()
                get(VersionStage='AWSPREVIOUS')
                get(VersionStage='AWSPENDING')
                get(VersionId='0' * 32)
                get(VersionId='2' * 32, VersionStage='mine')
                get(VersionId='2' * 32, VersionStage='AWSPENDING')
                get(VersionId='9' * 32)
                get(VersionStage='none')
                get(VersionId='2')
                """)
            #expect(
                output == """
                    2 canary-now None ['AWSCURRENT', 'mine'] 1767225600.0
                    1 canary-old None ['AWSPREVIOUS'] 1767225600.0
                    3 None b'\\x00\\xff' ['AWSPENDING'] 1767225600.0
                    0 canary-deprecated None None 1767225600.0
                    2 canary-now None ['AWSCURRENT', 'mine'] 1767225600.0
                    InvalidRequestException: You provided a VersionStage that is not associated to the provided VersionId.
                    ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: \
                    99999999999999999999999999999999
                    ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging \
                    label: none
                    ValidationException: 1 validation error detected: Value '2' at 'versionId' failed to satisfy \
                    constraint: Member must have length greater than or equal to 32

                    """)
            #expect(Set(["canary-deprecated", "canary-old", "canary-now"]).isSubset(of: sandbox.canaries))
        }
    }

    @Test("is described, its versions with their stages") func description() async throws {
        try await Self.with { sandbox, arn in
            sandbox.changeAWS { $0.addSecret(name: "empty") }
            let output = try await sandbox.boto3(
                "secretsmanager", try sandbox.administratorKey,
                """
                def describe(name):
                    secret = secretsmanager.describe_secret(SecretId=name)
                    print(secret['Name'], {k[:1]: v for k, v in sorted(secret.get('VersionIdsToStages', {}).items())},
                        secret['CreatedDate'].timestamp(), secret['LastChangedDate'].timestamp(),
                        secret.get('LastAccessedDate', datetime.datetime(1970, 1, 1)).strftime('%H%M%S'),
                        secret.get('DeletedDate'))
                describe('ci/key')
                describe('empty')
                attempt(secretsmanager.get_secret_value, SecretId='empty')
                secretsmanager.get_secret_value(SecretId='ci/key')
                print('LastAccessedDate' in secretsmanager.describe_secret(SecretId='ci/key'))
                def versions(**named):
                    page = secretsmanager.list_secret_version_ids(SecretId='ci/key', **named)
                    print([(v['VersionId'][:1], v.get('VersionStages')) for v in page['Versions']])
                    return page.get('NextToken')
                print(versions())
                print(versions(NextToken=versions(IncludeDeprecated=True, MaxResults=3), IncludeDeprecated=True))
                attempt(versions, NextToken='x')
                print(secretsmanager.list_secret_version_ids(SecretId='empty')['Versions'])
                """)
            #expect(
                output == """
                    ci/key {'1': ['AWSPREVIOUS'], '2': ['AWSCURRENT', 'mine'], '3': ['AWSPENDING']} 1767225600.0 \
                    1767225600.0 000000 None
                    empty {} 1767225600.0 1767225600.0 000000 None
                    ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging \
                    label: AWSCURRENT
                    True
                    [('1', ['AWSPREVIOUS']), ('2', ['AWSCURRENT', 'mine']), ('3', ['AWSPENDING'])]
                    None
                    [('0', None), ('1', ['AWSPREVIOUS']), ('2', ['AWSCURRENT', 'mine'])]
                    [('3', ['AWSPENDING'])]
                    None
                    InvalidNextTokenException: You provided an invalid NextToken value.
                    []

                    """)
            let accessed = sandbox.aws[secret: "ci/key"]?.accessed
            #expect(accessed.map { $0.timeIntervalSince1970.truncatingRemainder(dividingBy: 86400) } == 0)
        }
    }

    @Test("is described and no more when it is marked for deletion") func deletion() async throws {
        try await Self.with { sandbox, arn in
            sandbox.changeAWS {
                $0[secret: "ci/key"]?.deletion = AWSWorld.beginning
            }
            let output = try await sandbox.boto3(
                "secretsmanager", try sandbox.administratorKey,
                """
                print(secretsmanager.describe_secret(SecretId='ci/key')['DeletedDate'].timestamp())
                print(len(secretsmanager.list_secret_version_ids(SecretId='ci/key')['Versions']))
                attempt(secretsmanager.get_secret_value, SecretId='ci/key')
                attempt(secretsmanager.put_secret_value, SecretId='ci/key', SecretString='x')
                attempt(secretsmanager.update_secret_version_stage, SecretId='ci/key', VersionStage='x',
                    MoveToVersionId='1' * 32)
                """)
            let marked =
                "InvalidRequestException: You can't perform this operation on the secret because it was marked for "
                + "deletion.\n"
            #expect(output == "1767225600.0\n3\n" + marked + marked + marked)
        }
    }

    @Test("is for those who may, told with the name as they gave it") func denied() async throws {
        try await Self.with { sandbox, arn in
            sandbox.changeAWS { $0.administrator?.deniedActions = ["secretsmanager:*"] }
            let output = try await sandbox.boto3(
                "secretsmanager", try sandbox.administratorKey,
                """
                attempt(secretsmanager.describe_secret, SecretId='ci/key')
                attempt(secretsmanager.list_secret_version_ids, SecretId='none')
                attempt(secretsmanager.get_secret_value, SecretId='\(arn)')
                attempt(secretsmanager.put_secret_value, SecretId='ci/key', SecretString='x')
                attempt(secretsmanager.update_secret_version_stage, SecretId='ci/key', VersionStage='x')
                """)
            let lines = [
                ("DescribeSecret", "ci/key"), ("ListSecretVersionIds", "none"), ("GetSecretValue", arn),
                ("PutSecretValue", "ci/key"), ("UpdateSecretVersionStage", "ci/key"),
            ].map { action, resource in
                "AccessDeniedException: User: arn:aws:iam::111122223333:user/administrator is not authorized to "
                    + "perform: secretsmanager:\(action) on resource: \(resource) because no identity-based policy "
                    + "allows the secretsmanager:\(action) action\n"
            }
            #expect(output == lines.joined())
        }
    }
}
