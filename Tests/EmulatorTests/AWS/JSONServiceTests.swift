import Emulator
import Testing

/// What all services of the JSON protocol have in common.
@Suite("A service of AWS's JSON protocol")
struct JSONServiceTests {
    @Test(
        "refuses what is no call of it, before it asks who calls",
        arguments: [
            ("secretsmanager.GetSecret", "application/x-amz-json-1.1"),
            ("secretsmanager.GetParameter", "application/x-amz-json-1.1"),
            ("AmazonSSM.GetParameter", "application/x-amz-json-1.0"),
            ("Other.GetParameter", "application/x-amz-json-1.1"),
        ])
    func unknown(target: String, type: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.signed(json: "no JSON", target: target, service: "other", type: type)
            #expect(answer == #"400 {"__type":"UnknownOperationException"}"# + "\n")
        }
    }

    @Test(
        "wants a signature for itself and one of its regions, and writes its message small",
        arguments: [
            ("ssm", "eu-central-1", "Credential should be scoped to correct service: 'secretsmanager'."),
            ("secretsmanager", "xx-west-9", "Credential should be scoped to a valid region."),
        ])
    func signature(service: String, region: String, message: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.signed(
                json: "{}", target: "secretsmanager.GetSecretValue", service: service, region: region)
            let type = #""__type":"InvalidSignatureException""#
            let text = #""message":"\#(message)""#
            #expect(answer == "400 {\(type),\(text)}\n" || answer == "400 {\(text),\(type)}\n", "\(answer)")
        }
    }

    @Test(
        "refuses what is no JSON, of another type, or unknown",
        arguments: [
            ("", "SerializationException", "The body is no JSON object."),
            ("[]", "SerializationException", "The body is no JSON object."),
            (#"{"SecretId":7}"#, "SerializationException", "NUMBER_VALUE can not be converted to a String"),
            (
                #"{"SecretId":"x","IncludeDeprecated":"true"}"#, "SerializationException",
                "STRING_VALUE can not be converted to a Boolean"
            ),
            (
                #"{"SecretId":"x","MaxResults":true}"#, "SerializationException",
                "TRUE_VALUE can not be converted to an Integer"
            ),
            (
                #"{"SecretId":null,"MaxResults":101}"#, "ValidationException",
                "2 validation errors detected: Value null at 'secretId' failed to satisfy constraint: Member must not "
                    + "be null; Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less "
                    + "than or equal to 100"
            ),
            (#"{"SecretID":"x"}"#, "ValidationException", "The sandbox refuses the unknown parameter 'SecretID'"),
        ])
    func parameters(json: String, code: String, message: String) async throws {
        try await Sandbox.with { sandbox async throws in
            let answer = try await sandbox.signed(
                json: json, target: "secretsmanager.ListSecretVersionIds", service: "secretsmanager")
            #expect(answer.hasPrefix("400 {"))
            #expect(answer.contains(#""__type":"\#(code)""#), "\(answer)")
            #expect(answer.contains(#""Message":"\#(message)"#), "\(answer)")
        }
    }
}
