import Foundation
import TestSupport
import Testing

@testable import Domain

@Suite("Random shared credentials files")
struct SharedFileRandomTests {
    private static let credentials = SessionCredentials(
        accessKeyID: "ASIANEW", secretAccessKey: "new/secret", sessionToken: "new/token==", expiration: nil)
    private static let written = [
        "aws_access_key_id": "ASIANEW", "aws_secret_access_key": "new/secret", "aws_session_token": "new/token==",
    ]
    private static let mark: Unicode.Scalar = "\u{FEFF}"
    private static let managed = written.keys + ["aws_security_token", "aws_account_id"]

    /// A line as these tests see it: a second, much simpler reading than the one under test.
    private struct Line {
        var profile: String?
        var key: String?
        var isHeader = false
        var text: String

        var isOurs: Bool { profile == "ci" && (isHeader || key.map(managed.contains) ?? false) }
    }

    private static func read(_ text: String) -> [Line] {
        var (profile, key, depth) = (String?.none, String?.none, 0)
        let scalars = text.unicodeScalars
        return (scalars.first == mark ? scalars.dropFirst() : scalars[...]).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map { scalars in
            let text = String(scalars)
            let content = text.trimmingCharacters(in: .whitespacesAndNewlines)
            let indentation = text.prefix { $0 == " " || $0 == "\t" }.count
            if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") {
                return Line(profile: profile, text: text)
            }
            if key != nil, indentation > depth { return Line(profile: profile, key: key, text: text) }
            if content.hasPrefix("[") {
                (profile, key) = (content.dropFirst().prefix { $0 != "]" }.trimmingCharacters(in: .whitespaces), nil)
                return Line(profile: profile, isHeader: true, text: text)
            }
            (key, depth) = (content.prefix { $0 != "=" }.trimmingCharacters(in: .whitespaces).lowercased(), indentation)
            return Line(profile: profile, key: key, text: text)
        }
    }

    private static func set(in text: String) throws(SharedFileError) -> String {
        try SharedFileText.setting([.keys("ci", credentials)], in: Secret(text)).exposedText
    }

    /// All but our profile's headers and keys.
    private static func rest(of text: String) -> String {
        read(text).filter { !$0.isOurs }.map(\.text).joined(separator: "\n")
    }

    @Test("Setting a profile leaves every other byte as it was", arguments: 0..<400)
    func bytes(seed: Int) throws {
        let before = RandomCredentialsFile(seed: seed).text
        let after: String
        do {
            after = try Self.set(in: before)
        } catch {
            // Only where a header is indented can there be a doubt.
            #expect(error == .ambiguousIndentation)
            return #expect(before.contains("\n  [") || before.contains("\r\n  ["), "\(before)")
        }
        let (restBefore, restAfter) = (Self.rest(of: before), Self.rest(of: after))
        #expect(restAfter.utf8.starts(with: restBefore.utf8), "\(before)\n→\n\(after)")
        // A line end that was missing, and a blank line before a new section.
        #expect(restAfter.utf8.dropFirst(restBefore.utf8.count).allSatisfy { $0 == 0x0A || $0 == 0x0D })

        #expect((after.unicodeScalars.first == Self.mark) == (before.unicodeScalars.first == Self.mark))

        let ours = Self.read(after).filter { $0.profile == "ci" && !$0.isHeader && $0.isOurs }
        #expect(ours.map(\.key).count == 3, "\(before)\n→\n\(after)")
        #expect(try Self.set(in: after) == after)
    }

    @Test("botocore reads whatever it read before, and the new keys")
    func botocore() async throws {
        let changes = (0..<400).compactMap { seed -> (before: String, after: String)? in
            let before = RandomCredentialsFile(seed: seed).text
            return (try? Self.set(in: before)).map { (before, $0) }
        }
        let answers: [[[String: [String: String]]?]] = try await TestPython.run(
            """
            import botocore.configloader, botocore.exceptions, json, sys, tempfile
            def sections(text):
                with tempfile.NamedTemporaryFile("w", newline="", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    try:
                        return botocore.configloader.raw_config_parse(file.name, parse_subsections=False)
                    except botocore.exceptions.ConfigParseError:
                        return None
            print(json.dumps([[sections(text) for text in pair] for pair in json.load(sys.stdin)]))
            """, input: Array(try JSONEncoder().encode(changes.map { [$0.before, $0.after] })),
            environment: ["LC_ALL": "C.UTF-8"])
        var readable = 0
        for (change, answer) in zip(changes, answers) {
            guard let before = answer[0] else { continue }
            readable += 1
            let after = try #require(answer[1], "\(change.before)\n→\n\(change.after)")
            let expected = before.merging([
                "ci": (before["ci"] ?? [:]).filter { !Self.managed.contains($0.key) }
                    .merging(Self.written) { _, new in new }
            ]) { _, new in new }
            #expect(
                after.filter { $0.key != " ci " } == expected.filter { $0.key != " ci " },
                "\(change.before)\n→\n\(change.after)")
        }
        #expect(readable > 200, "The files are too wild for this test to prove much.")
    }
}
