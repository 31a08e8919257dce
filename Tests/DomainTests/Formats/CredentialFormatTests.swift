import Foundation
import TestSupport
import Testing

@testable import Domain

@Suite("Credential formats")
struct CredentialFormatTests {
    private static let (id, key, token, expiration) = (
        CredentialSamples.accessKeyID, CredentialSamples.secretAccessKey, CredentialSamples.sessionToken,
        CredentialSamples.expirationText
    )

    @Test("The names are those of the command line")
    func names() {
        #expect(
            CredentialFormat.allCases.map(\.rawValue) == [
                "env", "env-no-export", "powershell", "windows-cmd", "fish", "dotenv", "process", "json",
            ])
    }

    /// The forms of "aws configure export-credentials" in the AWS CLI Command Reference, version 2.
    @Test(
        "Ordinary values are written as the AWS CLI writes them",
        arguments: [
            (
                CredentialFormat.env,
                """
                export AWS_ACCESS_KEY_ID=\(id)
                export AWS_SECRET_ACCESS_KEY=\(key)
                export AWS_SESSION_TOKEN=\(token)
                export AWS_CREDENTIAL_EXPIRATION=\(expiration)

                """
            ),
            (
                .envNoExport,
                """
                AWS_ACCESS_KEY_ID=\(id)
                AWS_SECRET_ACCESS_KEY=\(key)
                AWS_SESSION_TOKEN=\(token)
                AWS_CREDENTIAL_EXPIRATION=\(expiration)

                """
            ),
            (
                .powershell,
                """
                $Env:AWS_ACCESS_KEY_ID="\(id)"
                $Env:AWS_SECRET_ACCESS_KEY="\(key)"
                $Env:AWS_SESSION_TOKEN="\(token)"
                $Env:AWS_CREDENTIAL_EXPIRATION="\(expiration)"

                """
            ),
            (
                .windowsCmd,
                """
                set AWS_ACCESS_KEY_ID=\(id)
                set AWS_SECRET_ACCESS_KEY=\(key)
                set AWS_SESSION_TOKEN=\(token)
                set AWS_CREDENTIAL_EXPIRATION=\(expiration)

                """
            ),
            (
                .fish,
                """
                set -gx AWS_ACCESS_KEY_ID "\(id)"
                set -gx AWS_SECRET_ACCESS_KEY "\(key)"
                set -gx AWS_SESSION_TOKEN "\(token)"
                set -gx AWS_CREDENTIAL_EXPIRATION "\(expiration)"

                """
            ),
            (
                .process,
                """
                {
                  "Version": 1,
                  "AccessKeyId": "\(id)",
                  "SecretAccessKey": "\(key)",
                  "SessionToken": "\(token)",
                  "Expiration": "\(expiration)"
                }

                """
            ),
        ])
    func asTheAWSCLI(format: CredentialFormat, text: String) throws {
        #expect(try format.render(CredentialSamples.ordinary).exposedText == text)
    }

    @Test("dotenv is env-no-export where nothing needs quotes")
    func dotenv() throws {
        #expect(
            try CredentialFormat.dotenv.render(CredentialSamples.ordinary, region: "us-east-1").exposedText
                == CredentialFormat.envNoExport.render(CredentialSamples.ordinary, region: "us-east-1").exposedText)
    }

    @Test("A long-term key has neither token nor expiration", arguments: CredentialFormat.allCases)
    func longTermKey(format: CredentialFormat) throws {
        let credentials = SessionCredentials(
            accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret", sessionToken: nil, expiration: nil)
        let text = try format.render(credentials).exposedText
        #expect(text.contains("AKIAIOSFODNN7EXAMPLE") && text.contains("secret"))
        #expect(!text.contains("AWS_SESSION_TOKEN") && !text.contains("SessionToken"))
        #expect(!text.uppercased().contains("EXPIRATION"))
    }

    @Test(
        "A line break or a NUL in a value is refused by name", arguments: CredentialFormat.allCases,
        NastyValue.lineBreaks)
    func lineBreak(format: CredentialFormat, value: NastyValue) throws {
        switch format {
        case .process, .json:
            let members = try JSONDecoder().decode(JSONMembers.self, from: format.data(value.credentials))
            #expect(members.SecretAccessKey == value.text)
        default:
            #expect(throws: FormatError(format: format, name: "AWS_SECRET_ACCESS_KEY", reason: .lineBreak)) {
                try format.render(value.credentials)
            }
            #expect(throws: FormatError(format: format, name: "AWS_REGION", reason: .lineBreak)) {
                try format.render(CredentialSamples.ordinary, region: value.text)
            }
        }
    }

    @Test(
        "Formats that are text refuse bytes that are none",
        arguments: [CredentialFormat.powershell, .dotenv, .process, .json])
    func notUTF8(format: CredentialFormat) {
        let name = format == .process || format == .json ? "SecretAccessKey" : "AWS_SECRET_ACCESS_KEY"
        #expect(throws: FormatError(format: format, name: name, reason: .notUTF8)) {
            try format.render(CredentialSamples.with(Secret(bytes: [0x61, 0xC3, 0x28])))
        }
    }

    @Test("No error tells anything of the value")
    func errors() {
        #expect(throws: FormatError.self) { try CredentialFormat.env.render(CredentialSamples.with("hidden\n")) }
        do {
            _ = try CredentialFormat.windowsCmd.render(CredentialSamples.with("hidden%"))
        } catch {
            #expect(!"\(error)".contains("hidden"))
        }
    }

    // MARK: JSON

    private struct JSONMembers: Decodable, Equatable {
        var Version: Int
        var AccessKeyId: String
        var SecretAccessKey: String
        var SessionToken: String?
        var Expiration: String?
        var AccountId: String?
        var AssumedRoleArn: String?
        var Region: String?
    }

    @Test("json tells the role, the account and the region besides")
    func json() throws {
        let role = "arn:aws:sts::123456789012:assumed-role/deploy/azp-42"
        let text = try CredentialFormat.json.render(
            CredentialSamples.ordinary, region: "eu-west-1", accountID: "123456789012", assumedRoleARN: role)
        #expect(
            text.exposedText == """
                {
                  "schema": "keyless.assume/1",
                  "Version": 1,
                  "AccessKeyId": "\(Self.id)",
                  "SecretAccessKey": "\(Self.key)",
                  "SessionToken": "\(Self.token)",
                  "Expiration": "\(Self.expiration)",
                  "AccountId": "123456789012",
                  "AssumedRoleArn": "\(role)",
                  "Region": "eu-west-1"
                }

                """)
    }

    @Test("A JSON decoder reads back the exact value", arguments: [CredentialFormat.process, .json], NastyValue.all)
    func jsonValue(format: CredentialFormat, value: NastyValue) throws {
        let members = try JSONDecoder().decode(JSONMembers.self, from: format.data(value.credentials))
        #expect(Array(members.SecretAccessKey.utf8) == value.bytes)
        #expect(members.SessionToken.map { Array($0.utf8) } == value.bytes)
        #expect(members.Expiration == Self.expiration)
    }

    @Test("Every control character is escaped")
    func controlCharacters() throws {
        let value = String(String.UnicodeScalarView((0..<0x20).compactMap(Unicode.Scalar.init)))
        let data = try CredentialFormat.process.data(CredentialSamples.with(Secret(value)))
        #expect(data.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
        #expect(try JSONDecoder().decode(JSONMembers.self, from: data).SecretAccessKey == value)
    }

    @Test("botocore's credential_process provider takes it", arguments: [CredentialFormat.process, .json])
    func credentialProcess(format: CredentialFormat) async throws {
        // Not expired yet, or botocore would ask for others.
        let credentials = SessionCredentials(
            accessKeyID: Secret(Self.id), secretAccessKey: Secret(Self.key), sessionToken: Secret(Self.token),
            expiration: Date(timeIntervalSinceNow: 3600))
        let data = try format.data(credentials, accountID: "123456789012")
        let answer: Botocore.Profile = try await withTemporaryDirectory { directory in
            let file = directory.appending(path: "answer.json")
            try data.write(to: file)
            let config = directory.appending(path: "config")
            try Data("[profile test]\ncredential_process = cat \(file.path)\n".utf8).write(to: config)
            return try await Botocore.profile("test", config: config)
        }
        #expect(
            answer
                == Botocore.Profile(
                    id: Self.id, key: Self.key, token: Self.token, method: "custom-process", account: "123456789012"))
    }

    @Test(
        "takes variables away, or sets them to nothing",
        arguments: [
            (CredentialFormat.env, "unset OLD\nexport NEW='/a b'\n"),
            (CredentialFormat.envNoExport, "OLD=\nNEW='/a b'\n"),
            (CredentialFormat.dotenv, "OLD=\nNEW='/a b'\n"),
            (CredentialFormat.powershell, "$Env:OLD=$null\n$Env:NEW='/a b'\n"),
            (CredentialFormat.windowsCmd, "set OLD=\nset \"NEW=/a b\"\n"),
            (CredentialFormat.fish, "set -e OLD\nset -gx NEW \"/a b\"\n"),
        ])
    func removal(format: CredentialFormat, text: String) throws {
        let variable = EnvironmentVariable(name: "NEW", value: "/a b", isSecret: false)
        #expect(try format.environment(setting: [variable], unsetting: ["OLD"])?.exposedText == text)
        #expect(try CredentialFormat.json.environment(setting: [variable]) == nil)
    }
}

extension CredentialFormat {
    /// What ``render(_:region:accountID:assumedRoleARN:)`` gives, for decoders.
    fileprivate func data(_ credentials: SessionCredentials, accountID: String? = nil) throws -> Data {
        try render(credentials, accountID: accountID).withExposedBytes { Data($0) }
    }
}
