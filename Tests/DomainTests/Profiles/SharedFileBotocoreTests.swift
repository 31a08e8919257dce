import Foundation
import TestSupport
import Testing

@testable import Domain

@Suite("Shared credentials files, read by botocore")
struct SharedFileBotocoreTests {
    private static let others = """
        # Written by hand
        [default]
        aws_access_key_id = AKIADEFAULT
        aws_secret_access_key = default/secret

        [tools]
        aws_access_key_id=AKIATOOLS
        aws_secret_access_key=tools/secret
        s3 =
          max_concurrent_requests = 20
        # the end
        """

    @Test(
        "A session of the profile has the credentials and the region",
        arguments: ["", others, "[ci]\naws_security_token = stale\nregion = us-east-1\n"])
    func session(existing: String) async throws {
        let text = try SharedFileText.setting(
            [.keys("ci", CredentialSamples.ordinary, region: "eu-central-1")], in: Secret(existing))
        let profile = try await withFile(text) { try await Botocore.profile("ci", credentials: $0) }
        #expect(
            profile
                == Botocore.Profile(
                    id: CredentialSamples.accessKeyID, key: CredentialSamples.secretAccessKey,
                    token: CredentialSamples.sessionToken, method: "shared-credentials-file", region: "eu-central-1"))
    }

    @Test("The region of the credentials file is preferred to the config file's")
    func region() async throws {
        let text = try SharedFileText.setting(
            [.keys("ci", CredentialSamples.ordinary, region: "eu-central-1")], in: "")
        let profile = try await withFile(text) { credentials in
            try await withFile("[profile ci]\nregion = us-east-1\n") {
                try await Botocore.profile("ci", credentials: credentials, config: $0)
            }
        }
        #expect(profile.region == "eu-central-1")
    }

    @Test("Other profiles are as they were")
    func untouched() async throws {
        let text = try SharedFileText.setting(
            [.keys("ci", CredentialSamples.ordinary)], in: Secret(Self.others))
        #expect(text.exposedText.hasPrefix(Self.others))
        let before = try await withFile(Secret(Self.others), Botocore.sections)
        var after = try await withFile(text, Botocore.sections)
        #expect(after.removeValue(forKey: "ci")?.count == 3)
        #expect(after == before)
    }

    @Test("Whatever is written is read as the exact value", arguments: NastyValue.all)
    func value(value: NastyValue) async throws {
        let text: Secret
        do {
            text = try SharedFileText.setting([.keys("ci", value.credentials)], in: "")
        } catch {
            return #expect(error == .invalidValue(key: "aws_secret_access_key"))
        }
        let sections = try await withFile(text, Botocore.sections)
        #expect(sections["ci"]?["aws_secret_access_key"] == value.text)
        #expect(sections["ci"]?["aws_session_token"] == value.text)
    }

    private func withFile<Value>(_ text: Secret, _ body: (URL) async throws -> Value) async throws -> Value {
        try await withTemporaryDirectory { directory in
            let file = directory.appending(path: "file")
            try text.withExposedBytes { try Data($0).write(to: file) }
            return try await body(file)
        }
    }
}
