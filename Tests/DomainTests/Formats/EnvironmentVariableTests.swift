import Foundation
import Testing

@testable import Domain

@Suite("Environment variables of credentials")
struct EnvironmentVariableTests {
    @Test("They come in the AWS CLI's order, then the region under both its names")
    func order() {
        let variables = CredentialSamples.ordinary.environmentVariables(region: "eu-central-1")
        #expect(
            variables.map(\.name) == [
                "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION",
                "AWS_REGION", "AWS_DEFAULT_REGION",
            ])
        #expect(
            variables.map(\.value.exposedText) == [
                CredentialSamples.accessKeyID, CredentialSamples.secretAccessKey, CredentialSamples.sessionToken,
                CredentialSamples.expirationText, "eu-central-1", "eu-central-1",
            ])
        #expect(variables.map(\.isSecret) == [true, true, true, false, false, false])
    }

    @Test("What is not known has no variable")
    func absent() {
        let credentials = SessionCredentials(
            accessKeyID: "AKIA", secretAccessKey: "secret", sessionToken: nil, expiration: nil)
        #expect(
            credentials.environmentVariables(region: nil).map(\.name)
                == ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    }

    @Test(
        "An expiration is written in whole seconds, never later than it is",
        arguments: [
            (0.0, "1970-01-01T00:00:00+00:00"), (1_629_233_704.999, "2021-08-17T20:55:04+00:00"),
            (1_709_164_800, "2024-02-29T00:00:00+00:00"), (4_102_444_799, "2099-12-31T23:59:59+00:00"),
        ])
    func expiration(seconds: Double, text: String) {
        let credentials = SessionCredentials(
            accessKeyID: "AKIA", secretAccessKey: "secret", sessionToken: nil,
            expiration: Date(timeIntervalSince1970: seconds))
        #expect(credentials.environmentVariables(region: nil).last?.value.exposedText == text)
    }
}
