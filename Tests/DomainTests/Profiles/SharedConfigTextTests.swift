import Foundation
import TestSupport
import Testing

@testable import Domain

@Suite("The text of a shared config file, changed")
struct SharedConfigTextTests {
    private static let command = ["/opt/keyless", "assume", "--format", "process", "--cache"]
    private static let line = "credential_process = /opt/keyless assume --format process --cache\n"

    private static func set(_ profile: String = "ci", in text: String) throws(SharedFileError) -> String {
        try SharedFileText.setting([.process(profile, command, region: "eu-west-1")], in: Secret(text)).exposedText
    }

    private static let block = "[profile ci]\n\(line)region = eu-west-1\n"

    @Test(
        "Setting a profile changes its keys and nothing else",
        arguments: [
            ("", block), ("[default]\na = 1\n", "[default]\na = 1\n\n\(block)"),
            // A section of the credentials file's kind is no profile here.
            ("[ci]\na = 1\n", "[ci]\na = 1\n\n\(block)"),
            ("[sso-session ci]\na = 1\n", "[sso-session ci]\na = 1\n\n\(block)"),
            ("[profile ci2]\n[profileci]\n", "[profile ci2]\n[profileci]\n\n\(block)"),
            (
                "[profile ci]\n# mine\noutput = json\n\n# b\n[profile b]\n",
                "[profile ci]\n# mine\noutput = json\n\(line)region = eu-west-1\n\n# b\n[profile b]\n"
            ),
            ("[profile  ci]\nregion = a\n", "[profile  ci]\nregion = eu-west-1\n\(line)"),
            ("[profile \"ci\"] # b\nregion = a\n", "[profile \"ci\"] # b\nregion = eu-west-1\n\(line)"),
            ("[ profile ci ]\nregion = a\nx = 1\n", "[ profile ci ]\nx = 1\n\n\(block)"),
            (
                "[profile ci]\r\nx = 1\r\n",
                "[profile ci]\r\nx = 1\r\n\(line.dropLast())\r\nregion = eu-west-1\r\n"
            ),
            (
                "[profile ci]\ncredential_process = '/old place/keyless-1.0' assume --format process --cache --role-arn x\n",
                block
            ),
        ])
    func setting(before: String, after: String) throws {
        #expect(try Self.set(in: before) == after)
        #expect(try Self.set(in: after) == after)
    }

    @Test("The default profile has no prefix, and keeps the one it has")
    func defaultProfile() throws {
        #expect(try Self.set("default", in: "") == "[default]\n\(Self.line)region = eu-west-1\n")
        #expect(try Self.set("default", in: "[profile default]\nx = 1\n").hasPrefix("[profile default]\nx = 1\ncred"))
        let both = "[default]\n[profile default]\n"
        #expect(throws: SharedFileError.twoDefaults) { try Self.set("default", in: both) }
        #expect(try Self.set(in: both).hasPrefix(both))
    }

    @Test(
        "A profile that gets its credentials elsewhere is left alone",
        arguments: [
            "aws_access_key_id = A", "aws_secret_access_key = A", "role_arn = A", "sso_session = A",
            "sso_start_url = A", "web_identity_token_file = A", "login_session = A", "credential_process = /bin/true",
            "credential_process = /opt/keyless assume --format json", "credential_process = 'keyless",
            "credential_process = /opt/keyless assume --format process",
            "credential_process = assume --format process --cache",
        ])
    func otherSource(line: String) throws {
        let key = String(line.prefix { $0 != " " })
        #expect(throws: SharedFileError.holdsOtherSource(profile: "ci", key: key)) {
            try Self.set(in: "[profile ci]\n\(line)\n")
        }
        #expect(try Self.set(in: "[profile b]\n\(line)\n").hasSuffix(Self.block))
    }

    @Test("The other file's source is found, and this program's own is one for keys")
    func otherFile() throws {
        let process = SharedFileProfile.process("ci", Self.command)
        let keys = SharedFileProfile.keys("ci", CredentialSamples.ordinary)
        #expect(throws: SharedFileError.holdsOtherSource(profile: "ci", key: "aws_access_key_id")) {
            try SharedFileText.refuseOtherSources(than: [process], in: "[ci]\naws_access_key_id = A\n", .credentials)
        }
        #expect(throws: SharedFileError.holdsOtherSource(profile: "ci", key: "credential_process")) {
            try SharedFileText.refuseOtherSources(than: [keys], in: Secret(Self.block), .config)
        }
        try SharedFileText.refuseOtherSources(
            than: [keys], in: "[profile ci]\nregion = a\n[ci]\nrole_arn = b\n", .config)
        try SharedFileText.refuseOtherSources(
            than: [process], in: "[profile ci]\naws_access_key_id = A\n", .credentials)
    }

    @Test("Many profiles are set in one go, or none")
    func many() throws {
        let profiles = ["a", "b"].map { SharedFileProfile.process($0, Self.command) }
        let text = try SharedFileText.setting(profiles, in: "").exposedText
        #expect(text == "[profile a]\n\(Self.line)\n[profile b]\n\(Self.line)")
        #expect(throws: SharedFileError.holdsOtherSource(profile: "b", key: "role_arn")) {
            try SharedFileText.setting(profiles, in: "[profile b]\nrole_arn = c\n")
        }
    }

    @Test("botocore reads the command and the region, word for word")
    func botocore() async throws {
        let words = Self.command + ["a b", "it's", "#1", "a ;b #c", "\"", "\\", "$HOME", "", "%d", "~", "*", "=", "!x"]
        let text = try SharedFileText.setting([.process("ci", words, region: "eu-west-1")], in: "[default]\nx = 1\n")
        #expect(try ProfileDocument(text, kind: .config).profiles["ci"]?["region"]?.exposedText == "eu-west-1")
        let answer: [[String]] = try await TestPython.run(
            """
            import botocore.configloader, json, shlex, subprocess, sys, tempfile
            with tempfile.NamedTemporaryFile("w") as file:
                file.write(json.load(sys.stdin))
                file.flush()
                profile = botocore.configloader.load_config(file.name)["profiles"]["ci"]
            command = profile["credential_process"]
            shell = subprocess.run(["sh", "-c", "printf '%s\\\\0' " + command], capture_output=True, text=True).stdout
            print(json.dumps([shlex.split(command), shell.split("\\0")[:-1], [profile["region"]]]))
            """, input: Array(try JSONEncoder().encode(text.exposedText)))
        #expect(answer == [words, words, ["eu-west-1"]])
        // What the SDKs' parser, which knows comments behind values, makes of it.
        let own = try ProfileDocument(text, kind: .config).profiles["ci"]?["credential_process"]?.exposedText
        #expect(try ShellWords.split(own ?? "") == words)
    }

    @Test("botocore reads whatever it read before in random files, and the command")
    func random() async throws {
        let changes = (0..<300).compactMap { seed -> [String]? in
            // Sections named as the config file names them, and no keys that would be another source.
            let before = RandomCredentialsFile(seed: seed).text.replacing("aws_", with: "x_")
                .replacing("[ ", with: "[ profile ").replacing("[ci", with: "[profile ci").replacing(
                    "[b", with: "[profile b")
            return (try? Self.set(in: before)).map { [before, $0] }
        }
        let answers: [[[String: [String: String]]?]] = try await TestPython.run(
            """
            import botocore.configloader, botocore.exceptions, json, sys, tempfile
            def profiles(text):
                with tempfile.NamedTemporaryFile("w", newline="", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    try:
                        config = botocore.configloader.raw_config_parse(file.name, parse_subsections=False)
                        return botocore.configloader.build_profile_map(config)["profiles"]
                    except botocore.exceptions.ConfigParseError:
                        return None
            print(json.dumps([[profiles(text) for text in pair] for pair in json.load(sys.stdin)]))
            """, input: Array(try JSONEncoder().encode(changes)), environment: ["LC_ALL": "C.UTF-8"])
        let command = Self.command.joined(separator: " ")
        var readable = 0
        for (change, answer) in zip(changes, answers) {
            guard let before = answer[0] else { continue }
            readable += 1
            let after = try #require(answer[1], "\(change[0])\n→\n\(change[1])")
            let ours = (before["ci"] ?? [:]).merging(["credential_process": command, "region": "eu-west-1"]) { $1 }
            #expect(after == before.merging(["ci": ours]) { $1 }, "\(change[0])\n→\n\(change[1])")
        }
        #expect(readable > 150, "The files are too wild for this test to prove much.")
    }
}
