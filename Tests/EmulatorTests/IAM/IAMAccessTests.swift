import Emulator
import Foundation
import Testing

/// Who may call IAM, and what STS makes of what IAM holds.
@Suite("IAM")
struct IAMAccessTests {
    @Test("says no to whoever may not, with the resource as it names it") func denied() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0.administrator?.deniedActions = ["iam:*role*", "iam:CreateOpenIDConnectProvider"] }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                """
                attempt(iam.create_role, RoleName='x', Path='/p/', AssumeRolePolicyDocument='{}')
                attempt(iam.get_role, RoleName='none')
                attempt(iam.list_roles)
                attempt(iam.create_open_id_connect_provider, Url='https://a.test/b')
                print(len(iam.list_open_id_connect_providers()['OpenIDConnectProviderList']))
                """)
            let lines = [
                ("CreateRole", "arn:aws:iam::111122223333:role/p/x"), ("GetRole", "role none"),
                ("ListRoles", "arn:aws:iam::111122223333:role/"),
                ("CreateOpenIDConnectProvider", "arn:aws:iam::111122223333:oidc-provider/a.test/b"),
            ].map { action, resource in
                "AccessDenied: User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: "
                    + "iam:\(action) on resource: \(resource) because no identity-based policy allows the iam:\(action) "
                    + "action\n"
            }
            #expect(output == lines.joined() + "2\n")
        }
    }

    @Test("wants a signature of its own service and region, and none other") func signature() async throws {
        try await Sandbox.with { sandbox async throws in
            let key = try sandbox.administratorKey
            let call = "iam.list_open_id_connect_providers()"
            let wrong = [key[0], String(repeating: "x", count: 40)]
            #expect(try await sandbox.boto3("iam", wrong, call).hasPrefix("SignatureDoesNotMatch: "))
            #expect(
                try await sandbox.boto3("iam", ["AKIANOBODY", key[1]], call)
                    == "InvalidClientTokenId: The security token included in the request is invalid.\n")
            for (service, region, message) in [
                ("sts", "us-east-1", "Credential should be scoped to correct service: 'iam'."),
                ("iam", "eu-central-1", "Credential should be scoped to a valid region."),
            ] {
                let form = "Action=ListRoles&Version=2010-05-08"
                let answer = try await sandbox.signed(form, service: service, region: region)
                #expect(answer.contains("<Code>SignatureDoesNotMatch</Code>"))
                #expect(answer.replacing("&apos;", with: "'").contains(message))
                #expect(answer.contains(#"xmlns="https://iam.amazonaws.com/doc/2010-05-08/""#))
            }
        }
    }

    @Test("is another region's in China") func china() async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAWS { $0.partition = "aws-cn" }
            let output = try await sandbox.boto3(
                "iam", try sandbox.administratorKey,
                "print(iam.create_open_id_connect_provider(Url='https://a.test')['OpenIDConnectProviderArn'])",
                region: "cn-north-1")
            #expect(output == "arn:aws-cn:iam::111122223333:oidc-provider/a.test\n")
        }
    }

    @Test(
        "refuses parameters it does not know, twice the same, and lists with gaps",
        arguments: [
            ("RoleName=deploy&RolName=x", "The sandbox refuses the unknown parameter"),
            ("RoleName=deploy&RoleName=deploy", "given twice"),
            ("RoleName=deploy&Tags.member.2.Key=a&Tags.member.2.Value=b", "not numbered from 1"),
            ("RoleName=deploy&Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.1.Valu=b", "not numbered from 1"),
            ("RoleName=deploy", "Value null at 'tags'"),
        ])
    func parameters(form: String, text: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.signed("Action=TagRole&Version=2010-05-08&\(form)")
            #expect(answer.contains("<Code>ValidationError</Code>"))
            #expect(answer.replacing("&apos;", with: "'").contains(text), "\(answer)")
        }
    }

    @Test("makes a provider and a role that STS honours at once, and no longer when they are gone") func federation()
        async throws
    {
        try await Sandbox.with { sandbox async throws in
            // A member account, where nothing has been set up.
            sandbox.changeAWS { _ = $0.addAccounts(count: 1) }
            let account = "200000000001"
            let issuer = sandbox.azure.issuer.dropFirst("https://".count)
            let provider = "arn:aws:iam::\(account):oidc-provider/\(issuer)"
            let role = "arn:aws:iam::\(account):role/ci/web"
            let administrate = { (script: String) async throws -> String in
                try await sandbox.boto3(
                    "iam", try sandbox.administratorKey,
                    """
                    iam = client('iam', *session('arn:aws:iam::\(account):role/OrganizationAccountAccessRole'))
                    \(script)
                    """)
            }
            let token = try await sandbox.token()
            let missing = try await sandbox.assume(["RoleArn": role], token: token)
            #expect(missing.element("Code") == "InvalidIdentityToken")

            let created = try await administrate(
                """
                iam.create_open_id_connect_provider(Url='https://\(issuer)', ClientIDList=['api://AzureADTokenExchange'])
                trust = {'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Principal': {'Federated': '\(provider)'},
                    'Action': 'sts:AssumeRoleWithWebIdentity', 'Condition': {'StringEquals': {
                        '\(issuer):aud': 'api://AzureADTokenExchange',
                        '\(issuer):sub': 'sc://contoso/Web Shop/aws-prod'}}}}
                iam.create_role(RoleName='web', Path='/ci/', AssumeRolePolicyDocument=json.dumps(trust))
                """)
            #expect(created.isEmpty)
            let answer = try await sandbox.assume(["RoleArn": role], token: token)
            #expect(answer.element("Arn") == "arn:aws:sts::\(account):assumed-role/web/azp-deploy-1042")
            let pipeline = try await sandbox.token(connection: nil)
            #expect(try await sandbox.assume(["RoleArn": role], token: pipeline).element("Code") == "AccessDenied")
            let longer = ["RoleArn": role, "DurationSeconds": "7200"]
            #expect(try await sandbox.assume(longer, token: token).element("Code") == "ValidationError")
            _ = try await administrate("iam.update_role(RoleName='web', MaxSessionDuration=7200)")
            #expect(try await sandbox.assume(longer, token: token).status == 200)

            // The role itself may do nothing, until somebody attaches what allows it.
            let keys = try ["AccessKeyId", "SecretAccessKey", "SessionToken"].map { try #require(answer.element($0)) }
            let call = "print(len(iam.list_roles()['Roles']))"
            #expect(
                try await sandbox.boto3("iam", keys, call).hasPrefix("AccessDenied: User: arn:aws:sts::\(account):"))
            _ = try await administrate(
                "iam.attach_role_policy(RoleName='web', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')")
            #expect(try await sandbox.boto3("iam", keys, call) == "2\n")

            let deleted = try await administrate(
                """
                iam.detach_role_policy(RoleName='web', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')
                iam.delete_role(RoleName='web')
                """)
            #expect(deleted.isEmpty)
            #expect(try await sandbox.assume(["RoleArn": role], token: token).element("Code") == "AccessDenied")
            #expect(try await sandbox.boto3("iam", keys, call).hasPrefix("InvalidClientTokenId: "))
            _ = try await administrate(
                "iam.delete_open_id_connect_provider(OpenIDConnectProviderArn='\(provider)')")
            #expect(try await sandbox.assume(["RoleArn": role], token: token).element("Code") == "InvalidIdentityToken")
        }
    }
}
