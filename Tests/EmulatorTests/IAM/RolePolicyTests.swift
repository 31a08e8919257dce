import Emulator
import Foundation
import Testing

/// The policies of IAM's roles, called by boto3.
@Suite("A policy of IAM's role")
struct RolePolicyTests {
    private static let policy =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#

    @Test("is attached and detached, and keeps its role from being deleted") func managed() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { world in
                for number in 0..<10 {
                    world.accounts["111122223333"]?.policies.insert("arn:aws:iam::111122223333:policy/own/p\(number)")
                }
            }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                own = 'arn:aws:iam::111122223333:policy/own/p'
                aws = 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'
                iam.attach_role_policy(RoleName='deploy', PolicyArn=aws)
                iam.attach_role_policy(RoleName='deploy', PolicyArn=aws)
                for i in range(9):
                    iam.attach_role_policy(RoleName='deploy', PolicyArn=own + str(i))
                attempt(iam.attach_role_policy, RoleName='deploy', PolicyArn=own + '9')
                attempt(iam.attach_role_policy, RoleName='deploy', PolicyArn=own)
                attempt(iam.attach_role_policy, RoleName='deploy', PolicyArn='arn:aws:iam::aws:policy/NoSuchAccess')
                attempt(iam.attach_role_policy, RoleName='deploy', PolicyArn='arn:aws:iam::111122223333:role/deploy')
                attempt(iam.attach_role_policy, RoleName='none', PolicyArn=aws)
                print([policy['PolicyName'] for policy in
                    iam.list_attached_role_policies(RoleName='deploy', PathPrefix='/job-function/')['AttachedPolicies']])
                page = iam.list_attached_role_policies(RoleName='deploy', MaxItems=9)
                print(len(page['AttachedPolicies']), page['IsTruncated'])
                page = iam.list_attached_role_policies(RoleName='deploy', Marker=page['Marker'])
                print(page['AttachedPolicies'], page['IsTruncated'])
                attempt(iam.delete_role, RoleName='deploy')
                for i in range(9):
                    iam.detach_role_policy(RoleName='deploy', PolicyArn=own + str(i))
                iam.detach_role_policy(RoleName='deploy', PolicyArn=aws)
                attempt(iam.detach_role_policy, RoleName='deploy', PolicyArn=aws)
                iam.delete_role(RoleName='deploy')
                """)
            let aws = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
            #expect(
                output == """
                    LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10
                    NoSuchEntity: Policy arn:aws:iam::111122223333:policy/own/p does not exist or is not attachable.
                    NoSuchEntity: Policy arn:aws:iam::aws:policy/NoSuchAccess does not exist or is not attachable.
                    InvalidInput: ARN arn:aws:iam::111122223333:role/deploy is not valid.
                    NoSuchEntity: The role with name none cannot be found.
                    ['ViewOnlyAccess']
                    9 True
                    [{'PolicyName': 'ViewOnlyAccess', 'PolicyArn': '\(aws)'}] False
                    DeleteConflict: Cannot delete entity, must detach all policies first.
                    NoSuchEntity: Policy \(aws) was not found.

                    """)
            #expect(sandbox.aws[role: Sandbox.RoleARN.deploy] == nil)
        }
    }

    @Test("is put into its role, read and deleted, and keeps the role from being deleted") func inline() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                policy = '\(Self.policy)'
                role = {'RoleName': 'deploy'}
                for name in ['b', 'a', 'c']:
                    iam.put_role_policy(**role, PolicyName=name, PolicyDocument=policy)
                got = iam.get_role_policy(**role, PolicyName='a')
                print(got['RoleName'], got['PolicyName'], got['PolicyDocument'] == json.loads(policy))
                page = iam.list_role_policies(**role, MaxItems=2)
                print(page['PolicyNames'], iam.list_role_policies(**role, Marker=page['Marker'])['PolicyNames'])
                attempt(iam.delete_role, **role)
                for name in ['b', 'a', 'c']:
                    iam.delete_role_policy(**role, PolicyName=name)
                attempt(iam.delete_role_policy, **role, PolicyName='a')
                attempt(iam.get_role_policy, **role, PolicyName='a')
                iam.delete_role(**role)
                """)
            #expect(
                output == """
                    deploy a True
                    ['a', 'b'] ['c']
                    DeleteConflict: Cannot delete entity, must delete policies first.
                    NoSuchEntity: The role policy with name a cannot be found.
                    NoSuchEntity: The role policy with name a cannot be found.

                    """)
        }
    }

    private static let malformed = "MalformedPolicyDocument: "

    private static let refusals: [(document: String, refusal: String)] = [
        ("'['", "\(malformed)This policy contains invalid Json"),
        ("policy.replace('Statement', 'Statements')", "\(malformed)Syntax errors in policy."),
        ("policy.replace('Allow', 'allow')", "\(malformed)Syntax errors in policy."),
        ("policy.replace('2012', '2013')", "\(malformed)The policy must contain a valid version string."),
        (
            "policy.replace('2012-10-17', '2008-10-17')",
            "\(malformed)Policy document must be version 2012-10-17 or greater."
        ),
        (
            "policy.replace('s3:', 's3.')",
            "\(malformed)Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
        ),
        ("policy.replace('Action', 'Sid')", "\(malformed)Policy statement must contain actions."),
        ("policy.replace('Resource', 'Sid')", "\(malformed)Policy statement must contain resources."),
        (#"policy.replace('"*"', '"bucket"')"#, #"\#(malformed)Resource bucket must be in ARN format or "*"."#),
        ("policy.replace('Resource', 'Principal')", "\(malformed)Policy document should not specify a principal."),
        (
            #"policy.replace('"*"', '["arn:aws:s3:::' + 'x' * 10240 + '"]')"#,
            "LimitExceeded: Maximum policy size of 10240 bytes exceeded for role deploy"
        ),
    ]

    @Test("is refused where it cannot be, in IAM's words") func refusals() async throws {
        try await Sandbox.with { sandbox async throws in
            let calls = Self.refusals.map {
                "attempt(iam.put_role_policy, RoleName='deploy', PolicyName='p', PolicyDocument=\($0.document))"
            }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                (["policy = '\(Self.policy)'"] + calls).joined(separator: "\n"))
            let lines = output.split(separator: "\n")
            try #require(lines.count == Self.refusals.count, "\(output)")
            for (line, refusal) in zip(lines, Self.refusals) { #expect(line == refusal.refusal) }
            #expect(sandbox.aws[role: Sandbox.RoleARN.deploy]?.inlinePolicies.isEmpty == true)
        }
    }

    @Test("counts together with the others of its role") func total() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                #"""
                policy = '\#(Self.policy)'.replace('"*"', '["arn:aws:s3:::' + 'x' * 6000 + '"]')
                iam.put_role_policy(RoleName='deploy', PolicyName='a', PolicyDocument=policy)
                iam.put_role_policy(RoleName='deploy', PolicyName='a', PolicyDocument=policy)
                attempt(iam.put_role_policy, RoleName='deploy', PolicyName='b', PolicyDocument=policy)
                """#)
            #expect(output == "LimitExceeded: Maximum policy size of 10240 bytes exceeded for role deploy\n")
        }
    }
}
