import Emulator
import Foundation
import Testing

/// Signed calls by a client that nobody here wrote: boto3.
@Suite("A signed call")
struct SignedCallTests {
    private func boto3(
        _ sandbox: Sandbox, _ credentials: [String], _ script: String, environment: [String: String] = [:]
    ) async throws -> String {
        try await sandbox.boto3("sts", credentials, script, environment: environment)
    }

    /// Credentials of the role `deploy`, by the front door.
    private func session(_ sandbox: Sandbox) async throws -> [String] {
        let answer = try await sandbox.assume()
        return try ["AccessKeyId", "SecretAccessKey", "SessionToken"].map { try #require(answer.element($0)) }
    }

    private static let whoami = "print(sts.get_caller_identity()['Arn'])"

    @Test("tells the caller who it is") func identity() async throws {
        try await Sandbox.with { sandbox async throws in
            let output = try await boto3(sandbox, try await session(sandbox), Self.whoami)
            #expect(output == "arn:aws:sts::111122223333:assumed-role/deploy/azp-deploy-1042\n")
            #expect(sandbox.log.count("GetCallerIdentity") == 1)
            #expect(sandbox.log.records(of: "GetCallerIdentity").first?.request.isTLS == true)
            let user = try #require(sandbox.aws.administrator)
            #expect(
                try await boto3(sandbox, [user.accessKeyID, user.secretAccessKey], Self.whoami)
                    == "arn:aws:iam::111122223333:user/administrator\n")
        }
    }

    @Test("is accepted with nasty keys too, whose token boto3 sends as it is") func nasty() async throws {
        var options = Sandbox.Options()
        options.hasNastyValues = true
        try await Sandbox.with(options) { sandbox async throws in
            let user = try #require(sandbox.aws.administrator)
            let script = """
                answer = sts.assume_role(RoleArn='\(Sandbox.RoleARN.deploy)', RoleSessionName='nasty')
                keys = answer["Credentials"]
                sts = client("sts", keys['AccessKeyId'], keys['SecretAccessKey'], keys['SessionToken'])
                print(sts.get_caller_identity()['Arn'])
                """
            sandbox.changeAWS {
                $0[role: Sandbox.RoleARN.deploy]?.trustPolicy =
                    #"{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:*"}}"#
            }
            #expect(
                try await boto3(sandbox, [user.accessKeyID, user.secretAccessKey], script)
                    == "arn:aws:sts::111122223333:assumed-role/deploy/nasty\n")
            #expect(sandbox.canaries.contains { $0.contains(#"'"$x`\%25;]<&> ~"#) && $0.count > 900 })
        }
    }

    @Test("is refused with another secret, another token, none, or an unknown key") func wrongKeys() async throws {
        try await Sandbox.with { sandbox async throws in
            let keys = try await session(sandbox)
            let wrong = String(repeating: "x", count: 40)
            #expect(
                try await boto3(sandbox, [keys[0], wrong, keys[2]], Self.whoami)
                    == "SignatureDoesNotMatch: The request signature we calculated does not match the signature you "
                    + "provided. Check your AWS Secret Access Key and signing method. Consult the service "
                    + "documentation for details.\n")
            for credentials in [[keys[0], keys[1], "other"], [keys[0], keys[1]], ["AKIAUNKNOWN", keys[1]]] {
                #expect(
                    try await boto3(sandbox, credentials, Self.whoami)
                        == "InvalidClientTokenId: The security token included in the request is invalid.\n")
            }
        }
    }

    @Test("is refused with an inactive key") func inactive() async throws {
        try await Sandbox.with { sandbox async throws in
            let user = try #require(sandbox.aws.administrator)
            sandbox.changeAWS { $0.administrator?.accessKeys[0].status = .inactive }
            let output = try await boto3(sandbox, [user.accessKeyID, user.secretAccessKey], Self.whoami)
            #expect(output.hasPrefix("InvalidClientTokenId"))
        }
    }

    @Test("is refused when the clocks differ by more than fifteen minutes, or the session has ended") func time()
        async throws
    {
        try await Sandbox.with { sandbox async throws in
            let user = try #require(sandbox.aws.administrator)
            let keys = [user.accessKeyID, user.secretAccessKey]
            sandbox.clock.advance(by: .seconds(890))
            #expect(try await boto3(sandbox, keys, Self.whoami).hasPrefix("arn:"))
            sandbox.clock.advance(by: .seconds(20))
            let late = try await boto3(sandbox, keys, Self.whoami)
            #expect(late.hasPrefix("SignatureDoesNotMatch: Signature expired: "))
            #expect(late.hasSuffix(" - 15 min.)\n"))
            sandbox.clock.advance(by: .seconds(-1820))
            #expect(try await boto3(sandbox, keys, Self.whoami).contains("Signature not yet current: "))
        }
    }

    @Test("is refused when the session has ended") func ended() async throws {
        try await Sandbox.with { sandbox async throws in
            // The session is from an hour ago by the sandbox's clock; the signature is from now by both clocks.
            sandbox.clock.advance(by: .seconds(-3601))
            let keys = try await session(sandbox)
            sandbox.clock.advance(by: .seconds(3601))
            #expect(
                try await boto3(sandbox, keys, Self.whoami)
                    == "ExpiredToken: The security token included in the request is expired\n")
        }
    }

    @Test("is refused where the scope names another region") func region() async throws {
        try await Sandbox.with { sandbox async throws in
            let user = try #require(sandbox.aws.administrator)
            let output = try await boto3(
                sandbox, [user.accessKeyID, user.secretAccessKey], Self.whoami, environment: ["AWS_REGION": "xx-west-9"]
            )
            #expect(output == "SignatureDoesNotMatch: Credential should be scoped to a valid region.\n")
        }
    }

    @Test(
        "is refused where it is not signed, or not in full",
        arguments: [
            ([], "MissingAuthenticationToken"), (["-H", "Authorization: Basic eA=="], "IncompleteSignature"),
            (["-H", "Authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request"], "IncompleteSignature"),
            (
                [
                    "-H", "Authorization: AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0",
                    "-H", "X-Amz-Date: 20260101T000000Z",
                ], "IncompleteSignature"
            ),
        ])
    func unsigned(arguments: [String], code: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let call = ["-d", "Action=GetCallerIdentity&Version=2011-06-15", sandbox.awsURL]
            #expect(try await Answer.curl(sandbox, arguments + call).element("Code") == code)
        }
    }

    @Test("assumes a role in another account, with the external id and for an hour at most") func chaining()
        async throws
    {
        try await Sandbox.with { sandbox async throws in
            let keys = try await session(sandbox)
            let assume = { (more: String) in
                "print(sts.assume_role(RoleArn='\(Sandbox.RoleARN.chained)', RoleSessionName='two'\(more))"
                    + "['AssumedRoleUser']['Arn'])"
            }
            let denied =
                "AccessDenied: User: arn:aws:sts::111122223333:assumed-role/deploy/azp-deploy-1042 is not "
                + "authorized to perform: sts:AssumeRole on resource: \(Sandbox.RoleARN.chained)\n"
            #expect(
                try await boto3(sandbox, keys, assume(", ExternalId='\(Sandbox.externalID)'"))
                    == "arn:aws:sts::444455556666:assumed-role/chained/two\n")
            #expect(try await boto3(sandbox, keys, assume("")) == denied)
            #expect(try await boto3(sandbox, keys, assume(", ExternalId='other'")) == denied)
            #expect(
                try await boto3(sandbox, keys, assume(", ExternalId='\(Sandbox.externalID)', DurationSeconds=3601"))
                    == "ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles "
                    + "assumed by role chaining.\n")
            sandbox.changeAWS { $0[role: Sandbox.RoleARN.deploy]?.mayAssume = [] }
            let again = try await session(sandbox)
            #expect(try await boto3(sandbox, again, assume(", ExternalId='\(Sandbox.externalID)'")) == denied)
        }
    }

    @Test("needs the caller's own policies too where its account is trusted, and not where it is trusted itself")
    func sameAccount() async throws {
        try await Sandbox.with { sandbox async throws in
            let keys = try await session(sandbox)
            let call =
                "print(sts.assume_role(RoleArn='\(Sandbox.RoleARN.readOnly)', RoleSessionName='two')['"
                + "AssumedRoleUser']['Arn'])"
            let trust = { (principal: String) in
                sandbox.changeAWS {
                    $0[role: Sandbox.RoleARN.readOnly]?.trustPolicy =
                        #"{"Statement":{"Effect":"Allow","Principal":{"AWS":"\#(principal)"},"Action":"sts:AssumeRole"}}"#
                }
            }
            let arn = "arn:aws:sts::111122223333:assumed-role/read-only/two\n"
            trust(Sandbox.RoleARN.deploy)
            #expect(try await boto3(sandbox, keys, call) == arn)
            for root in ["arn:aws:iam::111122223333:root", "111122223333"] {
                trust(root)
                sandbox.changeAWS { $0[role: Sandbox.RoleARN.deploy]?.mayAssume = [] }
                #expect(try await boto3(sandbox, keys, call).hasPrefix("AccessDenied: "))
                sandbox.changeAWS { $0[role: Sandbox.RoleARN.deploy]?.mayAssume = [Sandbox.RoleARN.readOnly] }
                #expect(try await boto3(sandbox, keys, call) == arn)
            }
            trust("444455556666")
            #expect(try await boto3(sandbox, keys, call).hasPrefix("AccessDenied: "))
        }
    }

    @Test("needs more rights for tags and for a source identity") func tags() async throws {
        try await Sandbox.with { sandbox async throws in
            let keys = try await session(sandbox)
            let output = try await boto3(
                sandbox, keys,
                "sts.assume_role(RoleArn='\(Sandbox.RoleARN.chained)', RoleSessionName='two', "
                    + "ExternalId='\(Sandbox.externalID)', Tags=[{'Key': 'a', 'Value': 'b'}])")
            #expect(output.contains("is not authorized to perform: sts:TagSession on resource: "))
        }
    }
}
