import TestSupport
import Testing

@testable import Domain

/// What shells make of these files is in `ShellFormatTests`.
@Suite("dotenv")
struct DotenvTests {
    @Test("python-dotenv reads back the exact value, or it is refused", arguments: NastyValue.all)
    func value(value: NastyValue) async throws {
        if value.bytes.contains(where: #"'\$"#.utf8.contains) {
            let error = FormatError(format: .dotenv, name: "AWS_SECRET_ACCESS_KEY", reason: .character)
            #expect(throws: error) { try CredentialFormat.dotenv.render(value.credentials) }
            return
        }
        let text = try CredentialFormat.dotenv.render(value.credentials, region: "eu-central-1")
        let variables: [String: String] = try await TestPython.run(
            """
            import dotenv, io, json, sys
            print(json.dumps(dotenv.dotenv_values(stream=io.StringIO(sys.stdin.buffer.read().decode()))))
            """, input: text.withExposedBytes { $0 }, environment: ["HOME": "/somewhere"])
        #expect(
            variables == [
                "AWS_ACCESS_KEY_ID": CredentialSamples.accessKeyID, "AWS_SECRET_ACCESS_KEY": value.text,
                "AWS_SESSION_TOKEN": value.text, "AWS_CREDENTIAL_EXPIRATION": CredentialSamples.expirationText,
                "AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1",
            ])
    }
}
