import Emulator
import Foundation
import Testing

/// Organizations, and the way into its accounts, called by boto3.
@Suite("Organizations")
struct OrganizationTests {
    private static let member = "arn:aws:iam::200000000001:role/\(AWSWorld.memberRole)"

    @Test("is not in use at first") func none() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await sandbox.boto3(
                "organizations", try sandbox.administratorKey, "organizations.list_accounts()")
            #expect(output == "AWSOrganizationsNotInUseException: Your account is not a member of an organization.\n")
        }
    }

    @Test("lists its accounts in pages of twenty, with their states") func list() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { world in
                let ids = world.addAccounts(count: 42)
                world.accounts[ids[0]]?.state = .suspended
                world.accounts[ids[1]]?.state = .pendingClosure
                world.accounts[ids[2]]?.state = .closed
            }
            let output = try await sandbox.boto3(
                "organizations", try sandbox.administratorKey,
                """
                pages = list(organizations.get_paginator('list_accounts').paginate())
                print([len(page['Accounts']) for page in pages])
                for account in pages[0]['Accounts'][:5]:
                    print(account['Id'], account['Status'], account['State'], account['JoinedMethod'])
                print(pages[2]['Accounts'][-1]['Arn'], pages[0]['Accounts'][0]['JoinedTimestamp'].year)
                page = organizations.list_accounts(MaxResults=3)
                print(len(page['Accounts']),
                    organizations.list_accounts(NextToken=page['NextToken'])['Accounts'][0]['Id'])
                print(organizations.describe_organization()['Organization']['MasterAccountId'])
                attempt(organizations.list_accounts, MaxResults=21)
                attempt(organizations.list_accounts, NextToken='x')
                attempt(organizations.list_roots)
                """)
            #expect(
                output == """
                    [20, 20, 3]
                    111122223333 ACTIVE ACTIVE INVITED
                    200000000001 SUSPENDED SUSPENDED CREATED
                    200000000002 PENDING_CLOSURE PENDING_CLOSURE CREATED
                    200000000003 SUSPENDED CLOSED CREATED
                    200000000004 ACTIVE ACTIVE CREATED
                    arn:aws:organizations::111122223333:account/o-a1b2c3d4e5/200000000042 2026
                    3 200000000003
                    111122223333
                    InvalidInputException: You specified a value for MaxResults that is not between 1 and 20.
                    InvalidInputException: You provided an invalid NextToken.
                    UnknownOperationException:\u{20}

                    """)
            #expect(sandbox.log.count("ListAccounts") == 7)
        }
    }

    @Test("tells the management account only, and whoever may") func access() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { _ = $0.addAccounts(count: 1) }
            let key = try sandbox.administratorKey
            let output = try await sandbox.boto3(
                "organizations", key,
                """
                inside = client('organizations', *session('\(Self.member)'))
                attempt(inside.list_accounts)
                print(inside.describe_organization()['Organization']['Id'])
                """)
            #expect(
                output
                    == "AccessDeniedException: You don't have permissions to access this resource.\no-a1b2c3d4e5\n")
            sandbox.changeAWS { $0.administrator?.deniedActions = ["organizations:List*"] }
            #expect(
                try await sandbox.boto3("organizations", key, "organizations.list_accounts()")
                    == "AccessDeniedException: User: arn:aws:iam::111122223333:user/administrator is not authorized to "
                    + "perform: organizations:ListAccounts on resource: * because no identity-based policy allows the "
                    + "organizations:ListAccounts action\n")
            let wrong = [key[0], String(repeating: "x", count: 40)]
            #expect(
                try await sandbox.boto3("organizations", wrong, "organizations.list_accounts()").hasPrefix(
                    "InvalidSignatureException: "))
        }
    }

    @Test(
        "puts a role into each account that the management account's principals may assume, if their own policies allow"
    )
    func members() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { world in
                world.addAccounts(count: 2)
                world[role: Sandbox.RoleARN.deploy]?.mayAssume = ["arn:aws:iam::*:role/\(AWSWorld.memberRole)"]
            }
            let second = Self.member.replacing("0001:", with: "0002:")
            let script = """
                print(client('sts', *session('\(Self.member)')).get_caller_identity()['Arn'])
                attempt(session, '\(second)')
                """
            let arn = "arn:aws:sts::200000000001:assumed-role/\(AWSWorld.memberRole)/session\n"
            sandbox.changeAWS { $0.accounts["200000000002"]?.state = .suspended }
            let denied = { (caller: String, role: String) in
                "AccessDenied: User: \(caller) is not authorized to perform: sts:AssumeRole on resource: \(role)\n"
            }
            let user = "arn:aws:iam::111122223333:user/administrator"
            #expect(
                try await sandbox.boto3("iam", try sandbox.administratorKey, script) == arn + denied(user, second))

            // A session of a role is as good, if the role may; the trust in its account alone is not enough.
            let deploy = try await sandbox.assume()
            let keys = try ["AccessKeyId", "SecretAccessKey", "SessionToken"].map { try #require(deploy.element($0)) }
            #expect(try await sandbox.boto3("iam", keys, script).hasPrefix(arn))
            let session = "arn:aws:sts::111122223333:assumed-role/deploy/azp-deploy-1042"
            sandbox.changeAWS { $0[role: Sandbox.RoleARN.deploy]?.mayAssume = [] }
            #expect(try await sandbox.boto3("iam", keys, script).hasPrefix(denied(session, Self.member)))
            sandbox.changeAWS { $0.administrator?.deniedActions = ["sts:AssumeRole"] }
            #expect(
                try await sandbox.boto3("iam", try sandbox.administratorKey, script).hasPrefix(
                    denied(user, Self.member)))
            // The member's role trusts the management account, and nobody else.
            sandbox.changeAWS { $0.organization = nil }
            sandbox.changeAWS { $0[role: Sandbox.RoleARN.chained]?.mayAssume = ["*"] }
            let other = try await sandbox.boto3(
                "iam", keys,
                "attempt(client('sts', *sys.argv[1:]).assume_role, RoleArn='\(Sandbox.RoleARN.chained)', "
                    + "RoleSessionName='two', ExternalId='\(Sandbox.externalID)')")
            #expect(other == denied(session, Sandbox.RoleARN.chained))
        }
    }

    @Test("holds a thousand accounts, where 64 clients at once set each up") func thousand() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { _ = $0.addAccounts(count: 1000) }
            let output = try await sandbox.boto3(
                "sts", try sandbox.administratorKey,
                """
                import concurrent.futures
                from botocore import auth, awsrequest, credentials, httpsession
                config = botocore.config.Config(max_pool_connections=64)
                sts = boto3.client('sts', aws_access_key_id=sys.argv[1], aws_secret_access_key=sys.argv[2],
                    region_name='us-east-1', config=config)
                http = httpsession.URLLib3Session(verify=os.environ['AWS_CA_BUNDLE'], max_pool_connections=64)
                def set_up(number):
                    keys = sts.assume_role(RoleSessionName='setup',
                        RoleArn=f'arn:aws:iam::{200000000000 + number}:role/OrganizationAccountAccessRole')['Credentials']
                    keys = credentials.Credentials(keys['AccessKeyId'], keys['SecretAccessKey'], keys['SessionToken'])
                    request = awsrequest.AWSRequest('POST', os.environ['AWS_ENDPOINT_URL_IAM'] + '/',
                        data='Action=CreateOpenIDConnectProvider&Version=2010-05-08&Url=https%3A%2F%2Fa.test',
                        headers={'Content-Type': 'application/x-www-form-urlencoded'})
                    auth.SigV4Auth(keys, 'iam', 'us-east-1').add_auth(request)
                    return http.send(request.prepare()).status_code
                with concurrent.futures.ThreadPoolExecutor(64) as threads:
                    codes = list(threads.map(set_up, range(1, 1001)))
                print(codes.count(200))
                """)
            #expect(output == "1000\n")
            #expect(sandbox.aws.accounts.values.count { $0.providers["a.test"] != nil } == 1000)
            #expect(sandbox.log.count("AssumeRole") == 1000)
        }
    }
}
