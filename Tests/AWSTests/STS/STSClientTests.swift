import Domain
import Foundation
import TestSupport
import Testing

@testable import AWS

@Suite struct STSClientTests {
    private static let answer: Secret = """
        <AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Audience>api://AzureADTokenExchange</Audience>\
        <AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:run</AssumedRoleId>\
        <Arn>arn:aws:sts::123456789012:assumed-role/deploy/run</Arn></AssumedRoleUser>\
        <Provider>arn:aws:iam::123456789012:oidc-provider/vstoken.dev.azure.com/1</Provider><Credentials>\
        <AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>a/b+c</SecretAccessKey><SessionToken>t=</SessionToken>\
        <Expiration>2026-03-04T06:06:07.000Z</Expiration></Credentials><PackedPolicySize>6</PackedPolicySize>\
        <SubjectFromWebIdentityToken>sc://org/project/connection</SubjectFromWebIdentityToken>\
        </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
        """

    private let roleARN: RoleARN
    private let sessionName: SessionName
    private let webIdentity: WebIdentityRequest

    init() throws {
        roleARN = try RoleARN("arn:aws:iam::123456789012:role/path/deploy")
        sessionName = try SessionName(validating: "run")
        webIdentity = WebIdentityRequest(roleARN: roleARN, sessionName: sessionName, token: " \ttoken\r\n")
    }

    /// As errors name it.
    private var trade: ServiceCall { ServiceCall(.sts, "AssumeRoleWithWebIdentity", on: roleARN.text) }

    private func call<Value>(
        _ exchanges: StubHTTPClient.Exchange..., body: (STSClient) async throws -> Value
    ) async throws -> Value {
        try await StubHTTPClient.expecting(exchanges) { http in
            try await body(TestValues.sts(http))
        }
    }

    private func failure(_ exchange: StubHTTPClient.Exchange) async throws -> AWSError? {
        try await call(exchange) { client in
            await #expect(throws: AWSError.self) {
                try await client.assumeRoleWithWebIdentity(webIdentity)
            }
        }
    }

    @Test("the token is traded without a signature, and what STS gives is kept")
    func webIdentityAnswer() async throws {
        let check: @Sendable (HTTPRequest) -> Void = { request in
            #expect(
                request.form == [
                    "Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15",
                    "RoleArn": "arn:aws:iam::123456789012:role/path/deploy", "RoleSessionName": "run",
                    "WebIdentityToken": "token",
                ])
            #expect(request.url.text == "https://sts.eu-west-1.amazonaws.com/")
            #expect(request.fields.map(\.name) == ["Content-Type"])
            #expect(request.limits.total == TestValues.limits.total)
        }
        let role = try await call(.answer(200, Self.answer, check: check)) {
            try await $0.assumeRoleWithWebIdentity(webIdentity)
        }
        #expect(role.credentials.accessKeyID.exposedText == "ASIAEXAMPLE")
        #expect(role.credentials.secretAccessKey.exposedText == "a/b+c")
        #expect(role.credentials.sessionToken?.exposedText == "t=")
        #expect(role.credentials.expiration == TestValues.date.addingTimeInterval(3600))
        #expect(role.assumedRoleARN == "arn:aws:sts::123456789012:assumed-role/deploy/run")
        #expect(role.account == "123456789012")
    }

    @Test("duration and session policies are sent where they are given")
    func options() async throws {
        var request = webIdentity
        request.duration = try SessionDuration("45m")
        request.sessionPolicies = SessionPolicies(
            inline: "{\"Version\": \"2012-10-17\"}",
            managed: [
                try PolicyARN("arn:aws:iam::aws:policy/ReadOnlyAccess"),
                try PolicyARN("arn:aws:iam::123456789012:policy/own"),
            ])
        let check: @Sendable (HTTPRequest) -> Void = { request in
            #expect(request.form["DurationSeconds"] == "2700")
            #expect(request.form["Policy"] == "{\"Version\": \"2012-10-17\"}")
            #expect(request.form["PolicyArns.member.1.arn"] == "arn:aws:iam::aws:policy/ReadOnlyAccess")
            #expect(request.form["PolicyArns.member.2.arn"] == "arn:aws:iam::123456789012:policy/own")
            #expect(request.form.count == 9)
            // A space is never sent as a plus, which not every reader takes for one.
            #expect(request.body.exposedText.contains("Policy=%7B%22Version%22%3A+%222012-10-17%22%7D"))
        }
        _ = try await call(.answer(200, Self.answer, check: check)) {
            try await $0.assumeRoleWithWebIdentity(request)
        }
    }

    @Test("a role is assumed with a signature and with the external ID")
    func assumeRole() async throws {
        let answer = Secret(Self.answer.exposedText.replacingOccurrences(of: "WithWebIdentity", with: ""))
        let check: @Sendable (HTTPRequest) -> Void = { request in
            #expect(
                request.form == [
                    "Action": "AssumeRole", "Version": "2011-06-15",
                    "RoleArn": "arn:aws:iam::123456789012:role/path/deploy", "RoleSessionName": "run",
                    "ExternalId": "a/b:c+d", "DurationSeconds": "3600",
                ])
            #expect(request.values("X-Amz-Security-Token") == ["session+token"])
            #expect(request.values("X-Amz-Date") == ["20260304T050607Z"])
            #expect(
                request.values("Authorization").first?.hasPrefix(
                    "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20260304/eu-west-1/sts/aws4_request, ") == true)
        }
        let request = AssumeRoleRequest(
            roleARN: roleARN, sessionName: sessionName, duration: try SessionDuration("1h"), externalID: "a/b:c+d")
        let role = try await call(.answer(200, answer, check: check)) {
            try await $0.assumeRole(request, credentials: TestValues.credentials)
        }
        #expect(role.credentials.accessKeyID.exposedText == "ASIAEXAMPLE")
    }

    @Test("the caller's identity is asked for with a signature")
    func callerIdentity() async throws {
        let answer: Secret = """
            <GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/u</Arn>\
            <UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
            """
        let check: @Sendable (HTTPRequest) -> Void = { request in
            #expect(request.form == ["Action": "GetCallerIdentity", "Version": "2011-06-15"])
            #expect(request.values("Authorization").count == 1)
        }
        let identity = try await call(.answer(200, answer, check: check)) {
            try await $0.getCallerIdentity(credentials: TestValues.credentials)
        }
        #expect(identity.account == "123456789012")
        #expect(identity.arn == "arn:aws:iam::123456789012:user/u")
    }

    @Test("an identity that lacks a part is no identity", arguments: ["Arn", "Account"])
    func incompleteIdentity(part: String) async throws {
        let parts = ["Arn", "Account"].filter { $0 != part }.map { "<\($0)>123456789012</\($0)>" }.joined()
        let answer: Secret = """
            <GetCallerIdentityResponse><GetCallerIdentityResult>\(parts)</GetCallerIdentityResult></GetCallerIdentityResponse>
            """
        try await call(.answer(200, answer)) { client in
            _ = await #expect(
                throws: AWSError.malformedAnswer(ServiceCall(.sts, "GetCallerIdentity"), reason: "it has no \(part)")
            ) {
                try await client.getCallerIdentity(credentials: TestValues.credentials)
            }
        }
    }

    @Test(
        "a 200 without XML is an error, never empty credentials",
        arguments: [
            "", "garbage", "{\"Credentials\": {}}", "<!DOCTYPE html><html><body>Sign in</body></html>", "<a>",
            "\0\u{FF}",
        ])
    func notXML(body: String) async throws {
        let error = try await failure(.answer(200, Secret(body)))
        #expect(
            error
                == .malformedAnswer(
                    trade, reason: "it is not the XML that was expected"))
    }

    @Test(
        "a 200 with other XML is an error too",
        arguments: ["<html><body/></html>", "<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>"])
    func otherXML(body: String) async throws {
        let error = try await failure(.answer(200, Secret(body)))
        #expect(
            error
                == .malformedAnswer(
                    trade, reason: "it is no AssumeRoleWithWebIdentityResponse"))
    }

    @Test(
        "each part of the credentials is needed",
        arguments: [
            ("AccessKeyId", "ASIAEXAMPLE"), ("SecretAccessKey", "a/b+c"), ("SessionToken", "t="),
            ("Expiration", "2026-03-04T06:06:07.000Z"), ("Arn", "arn:aws:sts::123456789012:assumed-role/deploy/run"),
        ])
    func incompleteCredentials(name: String, value: String) async throws {
        let expected = AWSError.malformedAnswer(trade, reason: "it has no \(name)")
        for replacement in ["", "<\(name)></\(name)>", "<\(name)/>", "<Other>\(value)</Other>"] {
            let body = Self.answer.exposedText.replacingOccurrences(
                of: "<\(name)>\(value)</\(name)>", with: replacement)
            #expect(body != Self.answer.exposedText)
            #expect(try await failure(.answer(200, Secret(body))) == expected)
        }
    }

    @Test("a token that AWS quotes back is in no error")
    func quotedToken() async throws {
        let token = "not.a.web.token.but.as.secret.as.one"
        let message = "1 validation error detected: Value '\(token)' at 'webIdentityToken' failed to satisfy constraint"
        let body: Secret = """
            <ErrorResponse><Error><Code>ValidationError</Code><Message>\(message)</Message></Error></ErrorResponse>
            """
        try await call(.answer(400, body)) { client in
            let request = WebIdentityRequest(
                roleARN: webIdentity.roleARN, sessionName: webIdentity.sessionName, token: Secret(token))
            let error = await #expect(throws: AWSError.self) {
                try await client.assumeRoleWithWebIdentity(request)
            }
            guard case .service(let fault)? = error else {
                Issue.record("it is no answer of STS's: \(String(describing: error))")
                return
            }
            #expect(fault.message == message.replacing(token, with: "<redacted>"))
        }
    }

    @Test("an empty result has no credentials")
    func emptyResult() async throws {
        let body: Secret = "<AssumeRoleWithWebIdentityResponse></AssumeRoleWithWebIdentityResponse>"
        #expect(
            try await failure(.answer(200, body))
                == .malformedAnswer(
                    trade, reason: "it has no AssumeRoleWithWebIdentityResult"))
    }

    @Test(
        "credentials that could break out of a line are refused", arguments: ["&#10;", "&#13;", "&#27;", "&#127;"])
    func impossibleCharacter(text: String) async throws {
        let body = Self.answer.exposedText.replacingOccurrences(of: "a/b+c", with: "a\(text)b")
        let error = try await failure(.answer(200, Secret(body)))
        #expect(
            error
                == .malformedAnswer(
                    trade, reason: "its SecretAccessKey has a control character"))
    }

    @Test("a redirect is an error: it is not followed and its body is not believed")
    func redirect() async throws {
        let error = try await failure(.answer(302, Self.answer, fields: [("location", "https://example.com/")]))
        #expect(
            error
                == .service(ServiceFault(trade, status: 302, code: nil))
        )
    }

    @Test("what can pass is tried again")
    func retries() async throws {
        let role = try await call(
            .answer(503), .failure(.connectionLost(host: "h", reason: "r")), .answer(200, Self.answer)
        ) {
            try await $0.assumeRoleWithWebIdentity(webIdentity)
        }
        #expect(role.credentials.accessKeyID.exposedText == "ASIAEXAMPLE")
    }

    @Test("an identity that is asked for once is not asked for again")
    func once() async throws {
        try await call(.answer(503)) { client in
            let error = await #expect(throws: AWSError.self) {
                try await client.getCallerIdentity(credentials: TestValues.credentials, isRepeated: false)
            }
            #expect(error?.retryAdvice == .transient)
        }
    }

    @Test("what the transport reports comes through, with the call")
    func transport() async throws {
        let fault = HTTPError.tls(host: "sts.eu-west-1.amazonaws.com", reason: "expired")
        #expect(try await failure(.failure(fault)) == .transport(fault, trade))
    }

    @Test("an answer that is not what it should be shows nothing of its content")
    func redaction() async throws {
        let body = Self.answer.exposedText.replacingOccurrences(of: "<Arn>", with: "<Other>")
            .replacingOccurrences(of: "</Arn>", with: "</Other>")
        let error = try #require(try await failure(.answer(200, Secret(body))))
        #expect(!"\(error)".contains("a/b+c"))
        #expect(!"\(error)".contains("ASIAEXAMPLE"))
    }
}
