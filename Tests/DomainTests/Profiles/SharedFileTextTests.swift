import Foundation
import Testing

@testable import Domain

@Suite("The text of a shared credentials file, changed")
struct SharedFileTextTests {
    private static let credentials = SessionCredentials(
        accessKeyID: "ASIANEW", secretAccessKey: "new+secret/", sessionToken: "new/token==", expiration: nil)
    private static let longTerm = SessionCredentials(
        accessKeyID: "AKIANEW", secretAccessKey: "new+secret/", sessionToken: nil, expiration: nil)

    private static func set(
        _ profile: String = "ci", _ credentials: SessionCredentials = credentials, region: String? = nil,
        in text: String
    ) throws(SharedFileError) -> String {
        try SharedFileText.setting([.keys(profile, credentials, region: region)], in: Secret(text)).exposedText
    }

    struct Change: CustomTestStringConvertible {
        let testDescription: String
        let before: String
        let after: String

        init(_ name: String, _ before: String, _ after: String) {
            (testDescription, self.before, self.after) = (name, before, after)
        }
    }

    private static let block = """
        [ci]
        aws_access_key_id = ASIANEW
        aws_secret_access_key = new+secret/
        aws_session_token = new/token==

        """
    private static let keys = String(block.dropFirst("[ci]\n".count))

    @Test(
        "Setting a profile changes its keys and nothing else",
        arguments: [
            Change("no file", "", block),
            Change("another profile", "[default]\na = 1\n", "[default]\na = 1\n\n\(block)"),
            Change("a blank line at the end", "[default]\na = 1\n\n", "[default]\na = 1\n\n\(block)"),
            Change("no line end at the end", "[default]\na = 1", "[default]\na = 1\n\n\(block)"),
            Change("Windows line ends", "[default]\r\na = 1\r\n", "[default]\r\na = 1\r\n\r\n\(block.windows)"),
            Change("a byte order mark", "\u{FEFF}[default]\na = 1\n", "\u{FEFF}[default]\na = 1\n\n\(block)"),
            Change("a byte order mark before ours", "\u{FEFF}[ci]\n", "\u{FEFF}\(block)"),
            Change(
                "a section with all keys",
                "# top\n[ci]\n# mine\naws_access_key_id=OLD\n\naws_secret_access_key   =old\naws_session_token = old\n# end\n[b]\nx=1",
                "# top\n[ci]\n# mine\naws_access_key_id = ASIANEW\n\naws_secret_access_key = new+secret/\naws_session_token = new/token==\n# end\n[b]\nx=1"
            ),
            Change(
                "other keys in another order",
                "[ci]\nregion = us-east-1\naws_secret_access_key = old\noutput = json\naws_access_key_id = OLD\n",
                "[ci]\nregion = us-east-1\naws_secret_access_key = new+secret/\noutput = json\naws_access_key_id = ASIANEW\naws_session_token = new/token==\n"
            ),
            Change("an empty section", "[ci]\n\n# b's\n[b]\n", "\(block)\n# b's\n[b]\n"),
            Change("an empty section without line end", "[a]\n[ci]", "[a]\n\(block)"),
            Change(
                "the last line without line end stays without",
                "[ci]\naws_access_key_id = OLD\naws_secret_access_key = a\naws_session_token = b",
                String(block.dropLast())),
            Change(
                "keys in capitals", "[ci]\nAWS_ACCESS_KEY_ID = OLD\nAws_Session_Token = old\n",
                "[ci]\naws_access_key_id = ASIANEW\naws_session_token = new/token==\naws_secret_access_key = new+secret/\n"
            ),
            Change(
                "botocore's other delimiter", "[ci]\naws_session_token: old\n",
                "[ci]\naws_session_token = new/token==\naws_access_key_id = ASIANEW\naws_secret_access_key = new+secret/\n"
            ),
            Change("a key twice", "[ci]\naws_access_key_id = A\naws_access_key_id = B\n", block),
            Change("a stale security token and account", "[ci]\naws_security_token = old\naws_account_id = 1\n", block),
            Change(
                "a value on several lines", "[ci]\naws_session_token = old\n  more\n\n  # note\n  still more\nx = 1\n",
                "[ci]\naws_session_token = new/token==\n\n  # note\nx = 1\naws_access_key_id = ASIANEW\naws_secret_access_key = new+secret/\n"
            ),
            Change(
                "sub-properties", "[ci]\ns3 =\n  aws_access_key_id = not ours\n  max = 1\n\n[b]\n",
                "[ci]\ns3 =\n  aws_access_key_id = not ours\n  max = 1\n\(keys)\n[b]\n"),
            Change(
                "an indented section", "[ci]\n  aws_access_key_id = OLD\n  region = a\n[b]\n",
                "[ci]\n  aws_access_key_id = ASIANEW\n  region = a\naws_secret_access_key = new+secret/\naws_session_token = new/token==\n[b]\n"
            ),
            Change(
                "the section twice",
                "[ci]\naws_access_key_id = A\n[b]\nx = 1\n[ci]\naws_access_key_id = B\nregion = a\n",
                "\(block)[b]\nx = 1\n[ci]\nregion = a\n"),
            Change(
                "the section twice with nothing else in it",
                "[ci]\naws_access_key_id = A\n[b]\nx = 1\n[ci]\naws_access_key_id = B\n", "\(block)[b]\nx = 1\n"),
            Change(
                "a name that only some parsers trim", "[ ci ]\naws_session_token = old\nregion = a\n[b]\n",
                "[ ci ]\nregion = a\n[b]\n\n\(block)"),
            Change(
                "a bracket that only some parsers take for the name's end",
                "[ci] # [1]\naws_session_token = old\nregion = a\n", "[ci] # [1]\nregion = a\n\n\(block)"),
            Change("a comment behind the name", "[ci] # ours\naws_access_key_id = A\n", "[ci] # ours\n\(keys)"),
            Change(
                "a commented-out section", "#[ci]\n#aws_access_key_id = A\n",
                "#[ci]\n#aws_access_key_id = A\n\n\(block)"),
            Change(
                "names that begin alike", "[ci2]\naws_access_key_id = A\n[c]\n",
                "[ci2]\naws_access_key_id = A\n[c]\n\n\(block)"),
            Change(
                "a config file's header", "[profile ci]\naws_access_key_id = A\n",
                "[profile ci]\naws_access_key_id = A\n\n\(block)"),
        ])
    func setting(change: Change) throws {
        #expect(try Self.set(in: change.before) == change.after)
        #expect(try Self.set(in: change.after) == change.after, "The second time nothing changes.")
    }

    @Test("A long-term key leaves no token behind")
    func longTermKey() throws {
        #expect(
            try Self.set("ci", Self.longTerm, in: Self.block)
                == "[ci]\naws_access_key_id = AKIANEW\naws_secret_access_key = new+secret/\n")
    }

    @Test("A region is written where one is given, and left where none is")
    func region() throws {
        #expect(try Self.set(region: "eu-west-1", in: "") == Self.block + "region = eu-west-1\n")
        #expect(try Self.set(region: "eu-west-1", in: "[ci]\nregion = a\n").hasPrefix("[ci]\nregion = eu-west-1\n"))
        #expect(try Self.set(in: "[ci]\nregion = a\n") == "[ci]\nregion = a\n\(Self.keys)")
    }

    @Test(
        "A profile that gets its credentials elsewhere is left alone",
        arguments: [
            "credential_process", "role_arn", "web_identity_token_file", "sso_session", "sso_start_url",
            "login_session", "Credential_Process",
        ])
    func otherSource(key: String) throws {
        let text = "[ci]\nregion = a\n\(key) = something\n"
        #expect(throws: SharedFileError.holdsOtherSource(profile: "ci", key: key.lowercased())) {
            try Self.set(in: text)
        }
        #expect(throws: SharedFileError.holdsOtherSource(profile: "ci", key: key.lowercased())) {
            try Self.set(in: "[ci]\n[ci]\n\(key) = something\n")
        }
        #expect(try Self.set(in: "[b]\n\(key) = something\n").hasSuffix(Self.block))
    }

    @Test(
        "A profile's name is one that every parser takes",
        arguments: ["default", "some-thing:long/the_one%only.foo@bar+"])
    func validName(name: String) throws {
        #expect(try Self.set(name, in: "").hasPrefix("[\(name)]\n"))
    }

    @Test(
        "Other names are refused",
        arguments: [
            "", "DEFAULT", "a b", " a", "a]", "[a", "a\nb", "a\r", "a\tb", "a\0", "a#b", "a;b", "a\"b", "ä", "🔑",
        ])
    func invalidName(name: String) {
        #expect(throws: SharedFileError.invalidProfileName) { try Self.set(name, in: "") }
    }

    @Test(
        "A value that a parser would change is refused",
        arguments: [
            "", " a", "a ", "a\nb", "a\r", "a\tb", "a\0b", "#a", ";a", "a #b", "a ;b", "ä", "a\u{A0}", "a\u{7F}",
        ])
    func invalidValue(value: String) {
        let credentials = CredentialSamples.with(Secret(value))
        #expect(throws: SharedFileError.invalidValue(key: "aws_secret_access_key")) {
            try Self.set("ci", credentials, in: "")
        }
        #expect(throws: SharedFileError.invalidValue(key: "region")) { try Self.set(region: value, in: "") }
    }

    @Test("UTF-16 is not mistaken for text")
    func notText() {
        let utf16 = Secret(bytes: [0xFF, 0xFE] + "[ci]\n".utf8.flatMap { [$0, 0] })
        #expect(throws: SharedFileError.notText) {
            try SharedFileText.setting([.keys("ci", Self.credentials)], in: utf16)
        }
    }

    @Test("Bytes that are no UTF-8 stay as they are")
    func otherEncodings() throws {
        let latin1: [UInt8] = Array("[a]\n# caf".utf8) + [0xE9] + Array("\nx = \n".utf8)
        let text = try SharedFileText.setting([.keys("ci", Self.credentials)], in: Secret(bytes: latin1))
        #expect(text.withExposedBytes { $0 } == latin1 + Array("\n\(Self.block)".utf8))
    }

    @Test("A file whose indentation would give a header to a line of ours is left alone")
    func ambiguousIndentation() {
        #expect(throws: SharedFileError.ambiguousIndentation) { try Self.set(in: "[ci]\n  [b]\n  x = 1\n") }
        #expect(throws: SharedFileError.ambiguousIndentation) { try Self.set(in: "[ci]\n  [ci]\nx = 1\n") }
    }
}

extension String {
    fileprivate var windows: String { split(separator: "\n").map { $0 + "\r\n" }.joined() }
}
