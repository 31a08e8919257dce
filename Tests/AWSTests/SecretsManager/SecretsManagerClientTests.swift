import Domain
import Foundation
import TestSupport
import Testing

@testable import AWS

/// What Secrets Manager is asked, and what becomes of its answers.
@Suite struct SecretsManagerClientTests {
    private static let secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    private static let version = "0f1e2d3c-0000-4000-8000-000000000001"

    private func call<Value>(
        _ exchanges: StubHTTPClient.Exchange..., body: (SecretsManagerClient) async throws -> Value
    ) async throws -> Value {
        let endpoint = try EndpointRules.endpoint(for: .secretsManager, in: Region("eu-west-1"))
        return try await StubHTTPClient.expecting(exchanges) { http in
            try await body(SecretsManagerClient(TestValues.session(http), endpoint: endpoint))
        }
    }

    /// An answer to this call and no other.
    private static func answer(
        _ operation: String, _ sent: String, _ body: Secret, status: Int = 200
    ) -> StubHTTPClient.Exchange {
        .answer(status, body) { request in
            #expect(request.method == .post)
            #expect(request.url.text == "https://secretsmanager.eu-west-1.amazonaws.com/")
            #expect(request.values("X-Amz-Target") == ["secretsmanager.\(operation)"])
            #expect(request.values("Content-Type") == ["application/x-amz-json-1.1"])
            #expect(request.body.exposedText == sent)
            #expect(request.values("Authorization").first?.contains("/secretsmanager/aws4_request") == true)
        }
    }

    private static func fault(_ code: String, _ message: String) -> Secret {
        Secret(JSONValue.members(["__type": .text(code), "Message": .text(message)]).json())
    }

    /// An error that AWS was seen to answer with.
    private static func recorded(_ words: String) throws -> Secret {
        let error = try #require(
            ServiceFaultTests.recorded.first { $0.service == "secretsmanager" && $0.message.contains(words) })
        return fault(error.code, error.message)
    }

    @Test("a description tells the ARN, the name and the dates, which have fractions")
    func description() async throws {
        let body: Secret = """
            {"ARN":"arn:s","Name":"ci/key","LastChangedDate":1.7726007675E9,"DeletedDate":1772600767.25,\
            "VersionIdsToStages":{"x":["AWSCURRENT"]}}
            """
        let marked = try await call(Self.answer("DescribeSecret", #"{"SecretId":"ci/key"}"#, body)) {
            try await $0.description(of: "ci/key")
        }
        #expect(
            marked
                == SecretDescription(
                    arn: "arn:s", name: "ci/key", deletion: TestValues.date.addingTimeInterval(0.25),
                    lastChanged: TestValues.date.addingTimeInterval(0.5)))
        let plain = try await call(.answer(200, #"{"ARN":"arn:s","Name":"ci/key"}"#)) {
            try await $0.description(of: "ci/key")
        }
        #expect(plain == SecretDescription(arn: "arn:s", name: "ci/key", deletion: nil, lastChanged: nil))
        await #expect(throws: AWSError.self) {
            try await call(.answer(200, "{}")) { try await $0.description(of: "s") }
        }
    }

    @Test("all versions are listed, the deprecated too, page after page")
    func versions() async throws {
        let first: Secret = """
            {"ARN":"a","Name":"s","NextToken":"n","Versions":[\
            {"VersionId":"v1","VersionStages":["AWSCURRENT","x"],"CreatedDate":1772600767.5}]}
            """
        let versions = try await call(
            Self.answer("ListSecretVersionIds", #"{"IncludeDeprecated":true,"MaxResults":100,"SecretId":"s"}"#, first),
            Self.answer(
                "ListSecretVersionIds", #"{"IncludeDeprecated":true,"MaxResults":100,"NextToken":"n","SecretId":"s"}"#,
                #"{"Versions":[{"VersionId":"v0"}],"NextToken":""}"#)
        ) { try await $0.versions(of: "s") }
        #expect(
            versions == [
                SecretVersion(
                    id: "v1", stages: ["AWSCURRENT", "x"], created: TestValues.date.addingTimeInterval(0.5)),
                SecretVersion(id: "v0", stages: [], created: nil),
            ])
        let endless: Secret = #"{"Versions":[{"VersionId":"v"}],"NextToken":"n"}"#
        #expect(
            try await call(.answer(200, endless), .answer(200, endless)) { try await $0.versions(of: "s") }.count == 2)
    }

    @Test("a value is read by its version, by its stage, or as the current one")
    func value() async throws {
        let body: Secret = #"{"VersionId":"v","VersionStages":["AWSPENDING"],"SecretString":"{\"a\": \"\\u00fc\"}"}"#
        for (version, stage, sent) in [
            (nil, nil, #"{"SecretId":"s"}"#), ("v", nil, #"{"SecretId":"s","VersionId":"v"}"#),
            (nil, "AWSPENDING", #"{"SecretId":"s","VersionStage":"AWSPENDING"}"#),
        ] as [(String?, String?, String)] {
            let value = try await call(Self.answer("GetSecretValue", sent, body)) {
                try await $0.value(of: "s", version: version, stage: stage)
            }
            #expect(value?.versionID == "v")
            #expect(value?.stages == ["AWSPENDING"])
            #expect(value?.text?.exposedText == #"{"a": "\u00fc"}"#)
        }
        let binary = try await call(.answer(200, #"{"VersionId":"v","SecretBinary":"AA=="}"#)) {
            try await $0.value(of: "s")
        }
        #expect(binary?.versionID == "v")
        #expect(binary?.text == nil)
    }

    @Test(
        "a version that is not there is none",
        arguments: ["secret value for staging label", "VersionStage that is not associated"])
    func missingVersion(words: String) async throws {
        let value = try await call(.answer(400, try Self.recorded(words))) {
            try await $0.value(of: "s", version: "v", stage: "AWSPREVIOUS")
        }
        #expect(value == nil)
    }

    @Test("a secret that is not there is an error, and one that is has no such version, whatever the words")
    func missingSecret() async throws {
        let body = try Self.recorded("can't find the specified secret.")
        let error = await #expect(throws: AWSError.self) {
            try await call(
                .answer(400, body), Self.answer("DescribeSecret", #"{"SecretId":"s"}"#, body, status: 400)
            ) { try await $0.value(of: "s", stage: "AWSCURRENT") }
        }
        guard case .service(let fault)? = error else { throw try #require(error) }
        #expect(fault.code == "ResourceNotFoundException")
        let value = try await call(.answer(400, body), .answer(200, #"{"ARN":"a","Name":"s"}"#)) {
            try await $0.value(of: "s", stage: "AWSPREVIOUS")
        }
        #expect(value == nil)
    }

    @Test("a secret that is to be deleted is an error")
    func deletion() async throws {
        let body = try Self.recorded("was marked for deletion")
        await #expect(throws: AWSError.self) {
            try await call(.answer(400, body)) { try await $0.value(of: "s", stage: "AWSCURRENT") }
        }
    }

    @Test("a value is put as a version of the caller's, escaped, and again after a failure")
    func put() async throws {
        let sent = """
            {"ClientRequestToken":"\(Self.version)","SecretId":"s",\
            "SecretString":"{\\"key\\": \\"ü\\\\\\\\\\"}\\u000a","VersionStages":["AWSPENDING"]}
            """
        try await call(
            Self.answer("PutSecretValue", sent, "", status: 500),
            Self.answer("PutSecretValue", sent, #"{"ARN":"a","VersionId":"v"}"#)
        ) {
            try await $0.put(
                Secret("{\"key\": \"ü\\\\\"}\n"), in: "s", version: Self.version, stages: ["AWSPENDING"])
        }
    }

    @Test(
        "no error has in it what was put",
        arguments: [secretKey, #"{"SecretAccessKey":"\#(secretKey)","Status":"on"}"#])
    func echo(value: String) async throws {
        for echoed in [value, Self.secretKey, String(Self.secretKey.prefix(24))] {
            let body = Self.fault("ValidationException", "1 error: value '\(echoed)' is wrong on this")
            let error = await #expect(throws: AWSError.self) {
                try await call(.answer(400, body)) {
                    try await $0.put(Secret(value), in: "s", version: Self.version, stages: ["AWSCURRENT"])
                }
            }
            guard case .service(let fault)? = error else { continue }
            #expect(fault.message?.contains(Self.secretKey.prefix(17)) == false)
            #expect(fault.message?.hasSuffix("is wrong on this") == true)
        }
    }

    @Test("a stage is moved, put on and taken off")
    func moveStage() async throws {
        for (to, from, rest) in [
            ("b", "a", #""MoveToVersionId":"b","RemoveFromVersionId":"a","#), ("b", nil, #""MoveToVersionId":"b","#),
            (nil, "a", #""RemoveFromVersionId":"a","#),
        ] as [(String?, String?, String)] {
            let sent = "{\(rest)\"SecretId\":\"s\",\"VersionStage\":\"AWSCURRENT\"}"
            try await call(Self.answer("UpdateSecretVersionStage", sent, #"{"ARN":"a","Name":"s"}"#)) {
                try await $0.moveStage("AWSCURRENT", of: "s", to: to, from: from)
            }
        }
        let body = try Self.recorded("VersionStage that is not associated")
        await #expect(throws: AWSError.self) {
            try await call(.answer(400, body)) { try await $0.moveStage("AWSCURRENT", of: "s", to: "b", from: "a") }
        }
    }
}
