import Emulator
import Foundation
import Testing

/// Users and their access keys, called by boto3.
@Suite("IAM's access key")
struct AccessKeyTests {
    private static let user = "arn:aws:iam::111122223333:user/ci"

    @Test("is made, listed, deactivated, activated and deleted") func life() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0.addUser(name: "ci", keys: 0) }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                key = iam.create_access_key(UserName='ci')['AccessKey']
                print(key['UserName'], key['Status'], key['AccessKeyId'][:4], len(key['SecretAccessKey']))
                print((key['CreateDate'] - datetime.datetime.now(datetime.UTC)).days)
                other = iam.create_access_key(UserName='ci')['AccessKey']
                print(key['AccessKeyId'] != other['AccessKeyId'])
                attempt(iam.create_access_key, UserName='ci')
                named = {'UserName': 'ci', 'AccessKeyId': key['AccessKeyId']}
                me = client('sts', key['AccessKeyId'], key['SecretAccessKey'])
                print(me.get_caller_identity()['Arn'])
                iam.update_access_key(Status='Inactive', **named)
                attempt(me.get_caller_identity)
                # It counts all the same.
                attempt(iam.create_access_key, UserName='ci')
                print(sorted(k['Status'] for k in iam.list_access_keys(UserName='ci')['AccessKeyMetadata']))
                print('SecretAccessKey' in iam.list_access_keys(UserName='ci')['AccessKeyMetadata'][0])
                iam.update_access_key(Status='Active', **named)
                print(me.get_caller_identity()['Account'])
                iam.delete_access_key(**named)
                attempt(me.get_caller_identity)
                attempt(iam.delete_access_key, **named)
                attempt(iam.update_access_key, Status='Active', **named)
                print(len(iam.list_access_keys(UserName='ci')['AccessKeyMetadata']))
                print(key['AccessKeyId'])
                print(other['SecretAccessKey'])
                """)
            var lines = output.split(separator: "\n").map(String.init)
            try #require(lines.count > 2, "\(output)")
            let (secret, id) = (lines.removeLast(), lines.removeLast())
            #expect(sandbox.canaries.contains(secret))
            let gone = "NoSuchEntity: The Access Key with id \(id) cannot be found."
            let invalid = "InvalidClientTokenId: The security token included in the request is invalid."
            let full = "LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2"
            #expect(
                lines == [
                    "ci Active AKIA 40", "-1", "True", full, Self.user, invalid, full, "['Active', 'Inactive']",
                    "False", "111122223333", invalid, gone, gone, "1",
                ])
            #expect(sandbox.aws[user: "ci"]?.accessKeys.map(\.secret) == [secret])
            #expect(sandbox.aws[accessKey: id] == nil)
            #expect(sandbox.log.count("write") == 9)
        }
    }

    @Test("is listed in pages") func pages() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0.addUser(name: "ci", keys: 2) }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                page = iam.list_access_keys(UserName='ci', MaxItems=1)
                rest = iam.list_access_keys(UserName='ci', Marker=page['Marker'])
                print(page['IsTruncated'], rest['IsTruncated'])
                for key in page['AccessKeyMetadata'] + rest['AccessKeyMetadata']: print(key['AccessKeyId'])
                """)
            let ids = try #require(sandbox.aws[user: "ci"]).accessKeys.map(\.id).sorted()
            #expect(output.split(separator: "\n").map(String.init) == ["True False"] + ids)
        }
    }

    @Test("is the caller's own where no user is named, if the caller is one") func ownUser() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0[role: Sandbox.RoleARN.deploy]?.attachedPolicies = [Self.all] }
            let mine = """
                print(iam.get_user()['User']['Arn'])
                print([key['UserName'] for key in iam.list_access_keys()['AccessKeyMetadata']])
                """
            #expect(
                try await sandbox.boto3("iam", try sandbox.administratorKey, mine)
                    == "arn:aws:iam::111122223333:user/administrator\n['administrator']\n")
            let session = try await sandbox.assume()
            let keys = try ["AccessKeyId", "SecretAccessKey", "SessionToken"].map { try #require(session.element($0)) }
            let output = try await sandbox.boto3(
                "iam", keys,
                """
                attempt(iam.get_user)
                attempt(iam.create_access_key)
                attempt(iam.update_access_key, AccessKeyId='A' * 16, Status='Active')
                print(iam.get_user(UserName='administrator')['User']['UserName'])
                """)
            let must = "ValidationError: Must specify userName when calling with non-User credentials\n"
            #expect(output == must + must + must + "administrator\n")
        }
    }

    @Test("is nobody's where there is no such user, and never of a wrong form") func refusals() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0.addUser(name: "ci") }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                for name in ['nobody', 'CI']:
                    attempt(iam.get_user, UserName=name)
                attempt(iam.create_access_key, UserName='nobody')
                attempt(iam.list_access_keys, UserName='a b')
                attempt(iam.update_access_key, UserName='ci', AccessKeyId='AKIA', Status='Off')
                attempt(iam.update_access_key, UserName='ci', AccessKeyId='AKIA-AKIA-AKIA-1', Status='Active')
                attempt(iam.update_access_key, UserName='ci')
                attempt(iam.update_access_key, UserName='ci', AccessKeyId=iam.list_access_keys(UserName='ci')[
                    'AccessKeyMetadata'][0]['AccessKeyId'], Status='Expired')
                # Another user's key.
                attempt(iam.delete_access_key, UserName='ci', AccessKeyId=sys.argv[1])
                """)
            let constraint = "failed to satisfy constraint: Member must"
            #expect(
                output == """
                    NoSuchEntity: The user with name nobody cannot be found.
                    NoSuchEntity: The user with name CI cannot be found.
                    NoSuchEntity: The user with name nobody cannot be found.
                    ValidationError: The specified value for userName is invalid. It must contain only alphanumeric \
                    characters and/or the following: +=,.@_-
                    ValidationError: 2 validation errors detected: Value at 'accessKeyId' \(constraint) have length \
                    greater than or equal to 16; Value at 'status' \(constraint) satisfy enum value set
                    ValidationError: 1 validation error detected: Value at 'accessKeyId' \(constraint) satisfy regular \
                    expression pattern: [\\w]+
                    ValidationError: 2 validation errors detected: Value null at 'accessKeyId' \(constraint) not be \
                    null; Value null at 'status' \(constraint) not be null
                    InvalidInput: The sandbox refuses the status 'Expired', which AWS alone gives.
                    NoSuchEntity: The Access Key with id \(sandbox.aws.administrator?.accessKeyID ?? "") cannot be found.

                    """)
        }
    }

    @Test("gives its user nothing but who they are, unless they are an administrator") func permissions() async throws {
        try await Sandbox.with { sandbox async throws in
            let user = added(to: sandbox) { $0.addUser(name: "ci") }
            let script = """
                print(client('sts', *sys.argv[1:]).get_caller_identity()['Arn'])
                attempt(iam.list_access_keys)
                attempt(iam.get_access_key_last_used, AccessKeyId=sys.argv[1])
                attempt(client('secretsmanager', *sys.argv[1:]).get_secret_value, SecretId='x')
                attempt(client('sts', *sys.argv[1:]).assume_role, RoleArn='\(Sandbox.RoleARN.deploy)',
                    RoleSessionName='ci')
                """
            let denied = { (action: String, resource: String) in
                "User: \(Self.user) is not authorized to perform: \(action) on resource: \(resource) because no "
                    + "identity-based policy allows the \(action) action\n"
            }
            #expect(
                try await sandbox.boto3("iam", [user.accessKeyID, user.secretAccessKey], script)
                    == "\(Self.user)\nAccessDenied: " + denied("iam:ListAccessKeys", "user ci") + "AccessDenied: "
                    + denied("iam:GetAccessKeyLastUsed", "access key \(user.accessKeyID)") + "AccessDeniedException: "
                    + denied("secretsmanager:GetSecretValue", "x")
                    + "AccessDenied: User: \(Self.user) is not authorized to perform: sts:AssumeRole on resource: "
                    + "\(Sandbox.RoleARN.deploy)\n")
            sandbox.changeAWS {
                $0[user: "ci"]?.isAdministrator = true
                $0[user: "ci"]?.deniedActions = ["iam:Create*"]
            }
            #expect(
                try await sandbox.boto3(
                    "iam", [user.accessKeyID, user.secretAccessKey],
                    "print(len(iam.list_access_keys()['AccessKeyMetadata']))\niam.create_access_key()")
                    == "1\nAccessDenied: " + denied("iam:CreateAccessKey", "user ci"))
        }
    }

    @Test("tells when and where it was last used") func lastUsed() async throws {
        try await Sandbox.with { sandbox async throws in
            let user = added(to: sandbox) { $0.addUser(name: "ci") }
            let stranger = added(to: sandbox) { $0.addUser(name: "ci", account: "444455556666") }
            let id = user.accessKeyID
            let ask = "iam.get_access_key_last_used(AccessKeyId='\(id)')"
            let admin = try sandbox.administratorKey
            #expect(
                try await sandbox.boto3("iam", admin, "print(\(ask)['UserName'], \(ask)['AccessKeyLastUsed'])")
                    == "ci {'ServiceName': 'N/A', 'Region': 'N/A'}\n")

            let script = """
                attempt(client('sts', '\(id)', 'x' * 40).get_caller_identity)
                used = \(ask)['AccessKeyLastUsed']
                print(used['ServiceName'], used['Region'])
                client('sts', *'\(id) \(user.secretAccessKey)'.split()).get_caller_identity()
                used = \(ask)['AccessKeyLastUsed']
                print(used['ServiceName'], used['Region'], used['LastUsedDate'].microsecond)
                attempt(client('iam', *'\(id) \(user.secretAccessKey)'.split()).list_roles)
                used = \(ask)['AccessKeyLastUsed']
                print(used['ServiceName'], used['Region'])
                attempt(iam.get_access_key_last_used, AccessKeyId='\(stranger.accessKeyID)')
                attempt(iam.get_access_key_last_used, AccessKeyId='AKIAIOSFODNN7EXAMPLE')
                """
            let lines = try await sandbox.boto3("iam", admin, script).split(separator: "\n").map(String.init)
            #expect(lines.count == 7)
            #expect(lines[0].hasPrefix("SignatureDoesNotMatch: "))
            #expect(lines[1...2] == ["N/A N/A", "sts eu-central-1 0"])
            #expect(lines[3].hasPrefix("AccessDenied: "))
            #expect(lines[4] == "iam us-east-1")
            for (line, key) in zip(lines[5...], [stranger.accessKeyID, "AKIAIOSFODNN7EXAMPLE"]) {
                #expect(
                    line.hasPrefix(
                        "AccessDenied: User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: "
                            + "iam:GetAccessKeyLastUsed on resource: access key \(key)"))
            }
        }
    }

    private static let all = "arn:aws:iam::aws:policy/AdministratorAccess"

    /// Adds somebody to a sandbox.
    private func added(
        to sandbox: Sandbox, _ add: (inout AWSWorld) -> AWSWorld.User
    ) -> AWSWorld.User {
        var user = AWSWorld.User(account: "", name: "")
        sandbox.changeAWS { user = add(&$0) }
        return user
    }
}
