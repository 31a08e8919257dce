import Emulator
import Foundation
import Testing

/// IAM's roles, called by boto3.
@Suite("IAM's role")
struct RoleTests {
    private static let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"#
        + #"{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}"#

    @Test("is created, read, changed, listed and deleted") func life() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                trust = '\(Self.trust)'
                boundary = 'arn:aws:iam::aws:policy/PowerUserAccess'
                role = iam.create_role(RoleName='ci', Path='/team/', AssumeRolePolicyDocument=trust, Description='d',
                    MaxSessionDuration=7200, PermissionsBoundary=boundary, Tags=[{'Key': 'k', 'Value': 'v'}])['Role']
                print(role['Arn'], role['RoleId'][:4], len(role['RoleId']), role['Tags'])
                role = iam.get_role(RoleName='ci')['Role']
                print(role['Path'], role['Description'], role['MaxSessionDuration'], role['PermissionsBoundary'])
                print(role['AssumeRolePolicyDocument'] == json.loads(trust))
                iam.update_role(RoleName='ci', Description='other')
                iam.update_assume_role_policy(RoleName='ci', PolicyDocument=trust.replace(':"sts', ': "sts'))
                iam.delete_role_permissions_boundary(RoleName='ci')
                attempt(iam.delete_role_permissions_boundary, RoleName='ci')
                iam.tag_role(RoleName='ci', Tags=[{'Key': 'K', 'Value': 'w'}])
                role = iam.get_role(RoleName='ci')['Role']
                print(role['Description'], role['MaxSessionDuration'], 'PermissionsBoundary' in role, role['Tags'])
                iam.put_role_permissions_boundary(RoleName='ci', PermissionsBoundary=boundary)
                iam.untag_role(RoleName='ci', TagKeys=['k'])
                print(iam.list_role_tags(RoleName='ci')['Tags'])
                print([role['RoleName'] for role in iam.list_roles(PathPrefix='/team/')['Roles']])
                iam.delete_role(RoleName='ci')
                attempt(iam.get_role, RoleName='ci')
                attempt(iam.delete_role, RoleName='ci')
                """)
            #expect(
                output == """
                    arn:aws:iam::111122223333:role/team/ci AROA 21 [{'Key': 'k', 'Value': 'v'}]
                    /team/ d 7200 {'PermissionsBoundaryType': 'Policy', 'PermissionsBoundaryArn': \
                    'arn:aws:iam::aws:policy/PowerUserAccess'}
                    True
                    NoSuchEntity: Role with name ci does not have a permissions boundary.
                    other 3600 False [{'Key': 'K', 'Value': 'w'}]
                    []
                    ['ci']
                    NoSuchEntity: The role with name ci cannot be found.
                    NoSuchEntity: The role with name ci cannot be found.

                    """)
        }
    }

    @Test("comes with its policies percent-encoded, as RFC 3986 has it") func encoding() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                seen = []
                iam.meta.events.register('before-parse.iam.*', lambda response_dict, **_:
                    seen.append(response_dict['body'].decode()))
                iam.get_role(RoleName='deploy')
                document = seen[-1].split('<AssumeRolePolicyDocument>')[1].split('<')[0]
                print(document[:31], '+' in document, ' ' in document)
                """)
            #expect(output == "%7B%0A%20%20%22Version%22%3A%20 False False\n")
        }
    }

    private static let refusals: [(call: String, refusal: String)] = [
        (
            "create_role, RoleName='a b', AssumeRolePolicyDocument=trust",
            "ValidationError: The specified value for roleName is invalid. It must contain only alphanumeric characters "
                + "and/or the following: +=,.@_-"
        ),
        (
            "create_role, RoleName='x', AssumeRolePolicyDocument=trust, Path='/a'",
            "ValidationError: The specified value for path is invalid. It must begin and end with / and contain only "
                + "alphanumeric characters and/or / characters."
        ),
        (
            "list_roles, PathPrefix='a'",
            "ValidationError: The specified value for pathPrefix is invalid. It must begin with the / character and "
                + "contain only alphanumeric characters and/or / characters."
        ),
        (
            "create_role, RoleName='x' * 65, AssumeRolePolicyDocument=trust, Path='/a', MaxSessionDuration=3599",
            "ValidationError: 2 validation errors detected: Value at 'roleName' failed to satisfy constraint: Member must "
                + "have length less than or equal to 64; Value at 'maxSessionDuration' failed to satisfy constraint: "
                + "Member must have value greater than or equal to 3600"
        ),
        (
            "create_role, RoleName='x', AssumeRolePolicyDocument='\\u20ac'",
            "ValidationError: 1 validation error detected: Value at 'assumeRolePolicyDocument' failed to satisfy "
                + #"constraint: Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u00FF]+"#
        ),
        (
            "create_role, RoleName='DEPLOY', AssumeRolePolicyDocument=trust",
            "EntityAlreadyExists: Role with name DEPLOY already exists."
        ),
        ("get_role, RoleName='Deploy'", "NoSuchEntity: The role with name Deploy cannot be found."),
        ("update_role, RoleName='none', Description='x'", "NoSuchEntity: The role with name none cannot be found."),
        (
            "create_role, RoleName='x', AssumeRolePolicyDocument=trust, PermissionsBoundary="
                + "'arn:aws:iam::111122223333:policy/x'",
            "NoSuchEntity: Policy arn:aws:iam::111122223333:policy/x does not exist or is not attachable."
        ),
        (
            "tag_role, RoleName='deploy', Tags=[{'Key': 'k', 'Value': 'v' * 257}]",
            "ValidationError: 1 validation error detected: Value at 'tags.1.member.value' failed to satisfy constraint: "
                + "Member must have length less than or equal to 256"
        ),
        ("list_roles, Marker='x'", "ValidationError: Invalid Marker."),
        (
            "list_roles, MaxItems=1001",
            "ValidationError: 1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must "
                + "have value less than or equal to 1000"
        ),
        (
            "create_user, UserName='x'",
            "InvalidAction: Could not find operation CreateUser for version 2010-05-08"
        ),
        ("create_role, RoleName='x', AssumeRolePolicyDocument='{'", "\(malformed)This policy contains invalid Json"),
        ("create_role, RoleName='x', AssumeRolePolicyDocument='{}'", "\(malformed)Syntax errors in policy."),
        (
            "update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('Effect', 'Efect')",
            "\(malformed)Syntax errors in policy."
        ),
        (
            "update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('2012', '2013')",
            "\(malformed)The policy must contain a valid version string."
        ),
        (
            "update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('sts:A', 'iam:A')",
            "\(malformed)AssumeRole policy may only specify STS AssumeRole actions."
        ),
        (
            "update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('Principal', 'Resource')",
            "\(malformed)Has prohibited field Resource"
        ),
        (
            #"update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('"Principal":{"AWS":"111122223333"},', '')"#,
            "\(malformed)Missing required field Principal"
        ),
        (
            #"update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('{"AWS":"111122223333"}', '"*"')"#,
            #"\#(malformed)AssumeRolepolicy contained an invalid principal: "STAR":"*"."#
        ),
        (
            #"update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('"111122223333"', '[]')"#,
            "\(malformed)Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy "
                + "has a statement with no principals!"
        ),
        (
            "update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('Action', 'Sid')",
            "\(malformed)Missing required field Action"
        ),
        (
            "update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('1111', '9999')",
            #"\#(malformed)Invalid principal in policy: "AWS":"999922223333""#
        ),
        (
            "update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('111122223333', "
                + "'arn:aws:iam::111122223333:role/none')",
            #"\#(malformed)Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/none""#
        ),
        (
            "update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('AWS', 'Federated')",
            "\(malformed)Federated principals must be valid domain names or SAML metadata ARNs"
        ),
        (
            #"update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('"Effect"', '"Condition":{"StringEqual":{"a":"b"}},"Effect"')"#,
            "\(malformed)Invalid Condition type : StringEqual."
        ),
        (
            #"update_assume_role_policy, RoleName='deploy', PolicyDocument=trust.replace('"Effect"', '"Sid":"' + 'x' * 1950 + '","Effect"')"#,
            "LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048"
        ),
    ]

    private static let malformed = "MalformedPolicyDocument: "

    @Test("is refused where it cannot be, in IAM's words") func refusals() async throws {
        try await Sandbox.with { sandbox async throws in
            let before = try #require(sandbox.aws[role: Sandbox.RoleARN.deploy]?.trustPolicy)
            let calls = Self.refusals.map { "attempt(iam.\($0.call))" }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                (["trust = '\(Self.trust)'"] + calls).joined(separator: "\n"))
            let lines = output.split(separator: "\n")
            try #require(lines.count == Self.refusals.count, "\(output)")
            for (line, refusal) in zip(lines, Self.refusals) { #expect(line == refusal.refusal) }
            #expect(sandbox.aws[role: Sandbox.RoleARN.deploy]?.trustPolicy == before)
            #expect(sandbox.aws.accounts["111122223333"]?.roles.count == 4)
        }
    }

    @Test("may fill its trust policy with white space, which does not count") func whiteSpace() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                "iam.create_role(RoleName='x', AssumeRolePolicyDocument='\(Self.trust)' + ' ' * 3000)")
            #expect(output.isEmpty)
        }
    }

    @Test("is listed in pages as long as the caller and IAM allow") func pages() async throws {
        try await Sandbox.with { sandbox async throws in
            let script = """
                print([len(page['Roles']) for page in iam.get_paginator('list_roles').paginate()])
                first = iam.list_roles(MaxItems=2)
                print([role['RoleName'] for role in first['Roles']], first['IsTruncated'])
                attempt(iam.list_role_policies, RoleName='deploy', Marker=first['Marker'])
                """
            let key = try sandbox.administratorKey
            let refused = "ValidationError: Invalid Marker.\n"
            #expect(try await sandbox.boto3("iam", key, script) == "[4]\n['deploy', 'entra'] True\n" + refused)
            sandbox.changeAWS { $0.pageSize = 3 }
            #expect(try await sandbox.boto3("iam", key, script) == "[3, 1]\n['deploy', 'entra'] True\n" + refused)
        }
    }
}
