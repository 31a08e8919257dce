import Emulator
import Foundation
import Testing

@Suite("AssumeRoleWithWebIdentity")
struct WebIdentityTests {
    @Test("gives credentials for a proper token") func success() async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.assume()
            #expect(answer.status == 200)
            #expect(answer.fields["content-type"] == "text/xml")
            #expect(answer.fields["x-amzn-requestid"] == answer.element("RequestId"))
            #expect(answer.element("AccessKeyId")?.hasPrefix("ASIA") == true)
            #expect(answer.element("AccessKeyId")?.count == 20)
            #expect(answer.element("SecretAccessKey")?.count == 40)
            #expect(answer.element("Arn") == "arn:aws:sts::111122223333:assumed-role/deploy/azp-deploy-1042")
            #expect(answer.element("SubjectFromWebIdentityToken") == "sc://contoso/Web Shop/aws-prod")
            #expect(answer.element("Audience") == "api://AzureADTokenExchange")
            let expiration = try #require(answer.element("Expiration"))
            let date = try Date.ISO8601FormatStyle().parse(expiration)
            #expect(abs(date.timeIntervalSinceNow - 3600) < 60)
            let canaries = sandbox.canaries
            #expect(canaries.contains(try #require(answer.element("SecretAccessKey"))))
            #expect(canaries.contains(try #require(answer.element("SessionToken"))))
        }
    }

    @Test("gives them to the pipeline itself, and to Entra's tokens") func otherSubjects() async throws {
        try await Sandbox.with { sandbox async throws in
            let pipeline = try await sandbox.token(connection: nil)
            #expect(try await sandbox.assume(token: pipeline).status == 200)
            let entra = try await sandbox.token(connection: sandbox.azure.connections[2].id)
            #expect(try await sandbox.assume(["RoleArn": Sandbox.RoleARN.entra], token: entra).status == 200)
        }
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var world: @Sendable (inout AzureWorld) -> Void = { _ in }
        var parameters: [String: String?] = [:]
        var extra: [String] = []
        let status: Int
        let code: String
        let message: String
    }

    static let refusals = [
        Refusal(
            testDescription: "another project's role", parameters: ["RoleArn": Sandbox.RoleARN.stranger], status: 403,
            code: "AccessDenied", message: "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        Refusal(
            testDescription: "a role that is not there", parameters: ["RoleArn": "arn:aws:iam::111122223333:role/none"],
            status: 403, code: "AccessDenied", message: "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        Refusal(
            testDescription: "a subject that is not trusted",
            world: { $0.token.subject = "sc://contoso/Web Shop/aws-dev" },
            status: 403, code: "AccessDenied", message: "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        Refusal(
            testDescription: "an account without the provider", parameters: ["RoleArn": Sandbox.RoleARN.chained],
            status: 400, code: "InvalidIdentityToken",
            message: "No OpenIDConnect provider found in your account for "
                + "https://vstoken.dev.azure.com/0ca3ddd9-f0b0-4635-a98c-5866526961b6"),
        Refusal(
            testDescription: "another issuer", world: { $0.token.issuer = "https://vstoken.dev.azure.com/other" },
            status: 400, code: "InvalidIdentityToken",
            message: "No OpenIDConnect provider found in your account for https://vstoken.dev.azure.com/other"),
        Refusal(
            testDescription: "another audience", world: { $0.token.audience = "sts.amazonaws.com" }, status: 400,
            code: "InvalidIdentityToken", message: "Incorrect token audience"),
        Refusal(
            testDescription: "another party", world: { $0.token.claims = ["azp": .text("someone")] }, status: 400,
            code: "InvalidIdentityToken", message: "Incorrect token audience"),
        Refusal(
            testDescription: "a token that has expired", world: { $0.token.lifetime = .seconds(-1) }, status: 400,
            code: "ExpiredTokenException", message: "Token expired: current date/time "),
        Refusal(
            testDescription: "a token that does not hold yet", world: { $0.token.notBefore = .seconds(600) },
            status: 400,
            code: "InvalidIdentityToken", message: "Token is not yet valid"),
        Refusal(
            testDescription: "a token older than a day",
            world: { world in
                world.token.lifetime = .seconds(600)
                world.token.claims = ["iat": .number(1_700_000_000)]
            }, status: 400, code: "ExpiredTokenException", message: "Token too old: "),
        Refusal(
            testDescription: "a forged token", world: { $0.token.isForged = true }, status: 400,
            code: "InvalidIdentityToken", message: "The ID Token provided is not a valid JWT."),
        Refusal(
            testDescription: "no token at all", parameters: ["WebIdentityToken": "garbage"], status: 400,
            code: "InvalidIdentityToken",
            message: "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"),
        Refusal(
            testDescription: "a token with tags, which the role does not allow",
            world: { $0.token.claims = ["https://aws.amazon.com/tags": .text("x")] }, status: 403,
            code: "AccessDenied", message: "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        Refusal(
            testDescription: "a role ARN that is none", parameters: ["RoleArn": "arn:aws:iam::111122223333:user/x"],
            status: 400, code: "ValidationError", message: "arn:aws:iam::111122223333:user/x is invalid"),
        Refusal(
            testDescription: "a session name with a colon", parameters: ["RoleSessionName": "Session1:2"], status: 400,
            code: "ValidationError",
            message:
                "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: "
                + #"Member must satisfy regular expression pattern: [\w+=,.@-]*"#),
        Refusal(
            testDescription: "everything too short or missing",
            parameters: ["RoleSessionName": "x", "RoleArn": nil, "DurationSeconds": "1"], status: 400,
            code: "ValidationError",
            message:
                "3 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not "
                + "be null; Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length "
                + "greater than or equal to 2; Value '1' at 'durationSeconds' failed to satisfy constraint: Member "
                + "must have value greater than or equal to 900"),
        Refusal(
            testDescription: "a token that is too long",
            parameters: ["WebIdentityToken": String(repeating: "x", count: 20001)], status: 400,
            code: "ValidationError",
            message:
                "1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: Member "
                + "must have length less than or equal to 20000"),
        Refusal(
            testDescription: "more time than the role gives",
            parameters: ["RoleArn": Sandbox.RoleARN.readOnly, "DurationSeconds": "3601"], status: 400,
            code: "ValidationError",
            message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
        Refusal(
            testDescription: "a policy that is no JSON", parameters: ["Policy": "{"], status: 400,
            code: "MalformedPolicyDocument", message: "This policy contains invalid Json"),
        Refusal(
            testDescription: "a policy that is too long",
            parameters: ["Policy": String(repeating: " ", count: 2049)], status: 400, code: "ValidationError",
            message: "1 validation error detected"),
        Refusal(
            testDescription: "policies that are too large together",
            parameters: [
                "Policy": #"{"Statement":[]}"# + String(repeating: " ", count: 2000),
                "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "PolicyArns.member.2.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
            ], status: 400, code: "PackedPolicyTooLarge",
            message: "Packed policy consumes 103% of allotted space, please use smaller policy."),
        Refusal(
            testDescription: "a call that carries a signature",
            extra: ["-H", "Authorization: AWS4-HMAC-SHA256 Credential=x"], status: 403, code: "InvalidClientTokenId",
            message: "The security token included in the request is invalid."),
        Refusal(
            testDescription: "a call that carries a session token", extra: ["-H", "X-Amz-Security-Token: x"],
            status: 403,
            code: "InvalidClientTokenId", message: "The security token included in the request is invalid."),
        Refusal(
            testDescription: "a misspelt parameter", parameters: ["DurationSecond": "3600"], status: 400,
            code: "ValidationError", message: "The sandbox refuses the unknown parameter 'DurationSecond'"),
        Refusal(
            testDescription: "another version", parameters: ["Version": "2010-05-08"], status: 400,
            code: "InvalidAction",
            message: "Could not find operation AssumeRoleWithWebIdentity for version 2010-05-08"),
        Refusal(
            testDescription: "another action", parameters: ["Action": "GetFederationToken"], status: 400,
            code: "InvalidAction", message: "Could not find operation GetFederationToken for version 2011-06-15"),
        Refusal(
            testDescription: "a body that is not called a form", extra: ["-H", "Content-Type: text/plain"], status: 400,
            code: "MissingAction", message: "The request is missing an action or a required parameter."),
    ]

    @Test("refuses, as AWS says it", arguments: refusals)
    func refuses(_ refusal: Refusal) async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.changeAzure(refusal.world)
            let answer = try await sandbox.assume(refusal.parameters, extra: refusal.extra)
            #expect(answer.status == refusal.status)
            #expect(answer.element("Code") == refusal.code)
            let message = try #require(answer.element("Message")).replacing("&apos;", with: "'")
            #expect(message.hasPrefix(refusal.message), "\(message)")
            #expect(answer.element("SecretAccessKey") == nil)
        }
    }

    @Test("narrows a session, and says how much room that took") func policies() async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.assume([
                "Policy": #"{"Version":"2012-10-17","Statement":[]}"#,
                "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
            ])
            #expect(answer.element("PackedPolicySize") == "4")
        }
    }

    @Test("goes by the sandbox's clock") func clock() async throws {
        try await Sandbox.with { sandbox async throws in
            let token = try await sandbox.token()
            sandbox.clock.advance(by: .seconds(240))
            #expect(try await sandbox.assume(token: token).status == 200)
            sandbox.clock.advance(by: .seconds(61))
            #expect(try await sandbox.assume(token: token).element("Code") == "ExpiredTokenException")
        }
    }

    @Test("fails in every way planned", arguments: AWSFailure.allCases)
    func failures(failure: AWSFailure) async throws {
        try await Sandbox.with { sandbox async throws in
            sandbox.faults.add(failure.fault(of: "AssumeRoleWithWebIdentity"), to: "AssumeRoleWithWebIdentity")
            let answer = try await sandbox.assume()
            #expect(answer.element("Code") == (failure == .keysUnreachable ? "InvalidIdentityToken" : failure.rawValue))
            #expect(try await sandbox.assume().status == 200)
        }
    }

    @Test("shows a browser the way out") func get() async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await Answer.curl(sandbox, [sandbox.awsURL])
            #expect(answer.status == 302)
            #expect(answer.fields["location"] == "https://aws.amazon.com/iam")
        }
    }
}
