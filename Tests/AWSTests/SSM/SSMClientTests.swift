import Domain
import TestSupport
import Testing

@testable import AWS

@Suite struct SSMClientTests {
    private func parameter(_ exchanges: StubHTTPClient.Exchange...) async throws -> Secret {
        let endpoint = try EndpointRules.endpoint(for: .ssm, in: Region("eu-west-1"))
        return try await StubHTTPClient.expecting(exchanges) { http in
            try await SSMClient(TestValues.session(http), endpoint: endpoint).parameter("/ci/\"pat\"")
        }
    }

    @Test("a parameter is read decrypted, and stays a secret")
    func value() async throws {
        let body: Secret =
            #"{"Parameter":{"Name":"x","Type":"SecureString","Value":"a\"b\n","Version":1.0,"Tier":"S"}}"#
        let value = try await parameter(
            .answer(503),
            .answer(200, body) { request in
                #expect(request.values("X-Amz-Target") == ["AmazonSSM.GetParameter"])
                #expect(request.values("Content-Type") == ["application/x-amz-json-1.1"])
                #expect(request.body.exposedText == #"{"Name":"/ci/\"pat\"","WithDecryption":true}"#)
                #expect(request.url.text == "https://ssm.eu-west-1.amazonaws.com/")
                #expect(request.values("Authorization").first?.contains("/eu-west-1/ssm/aws4_request") == true)
            })
        #expect(value.exposedText == "a\"b\n")
    }

    @Test("what is not there is an error, and so is an answer without a value")
    func failures() async throws {
        let call = TestValues.call(
            .ssm, "GetParameter", on: #"arn:aws:ssm:eu-west-1:123456789012:parameter/ci/"pat""#)
        let fault = ServiceFault(
            call, status: 400, code: "ParameterNotFound", message: nil)
        await #expect(throws: AWSError.service(fault)) {
            try await parameter(.answer(400, #"{"__type":"ParameterNotFound"}"#))
        }
        for body in ["", "{}", #"{"Parameter":{}}"#, #"{"Parameter":{"Value":7}}"#] {
            let error = AWSError.malformedAnswer(
                call, reason: "it lacks what it should hold")
            await #expect(throws: error) { try await parameter(.answer(200, Secret(body))) }
        }
    }
}
