import Foundation
import TestSupport
import Testing

@testable import Domain

/// The AWS SDKs' common parser tests, and what they leave open.
@Suite struct ProfileDocumentTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        struct Input: Decodable {
            let configFile: String?
            let credentialsFile: String?
        }
        struct Output: Decodable {
            struct Config: Decodable {
                let profiles: [String: [String: String]]
                let sso_sessions: [String: [String: String]]?
            }
            let config: Config?
            let errorContaining: String?
        }
        let name: String
        let input: Input
        let output: Output

        var testDescription: String { name }

        func profiles() throws -> Profiles {
            try Profiles(
                config: ProfileDocument(Secret(input.configFile ?? ""), kind: .config),
                credentials: ProfileDocument(Secret(input.credentialsFile ?? ""), kind: .credentials))
        }
    }

    static let cases = (try? Vectors.tests(Case.self, "profile-parser-tests.json")) ?? []

    /// The tests' words for each error.
    private static let reasons: [(words: String, reason: ProfileDocument.SyntaxError.Reason)] = [
        ("Profile definition must end with ']'", .unterminatedSection),
        ("Expected a profile definition", .outsideSection),
        ("Property did not have a name", .propertyWithoutName),
        ("Expected an '=' sign defining a property", .propertyWithoutEqualsSign),
        ("Expected a property definition", .continuationOutsideProperty),
        ("Expected an '=' sign defining a sub-property", .subPropertyWithoutEqualsSign),
        ("Sub-property did not have a name", .subPropertyWithoutName),
    ]

    @Test("all 65 cases are there") func completeness() { #expect(Self.cases.count == 65) }

    @Test("as the SDKs have it", arguments: cases)
    func parse(_ test: Case) throws {
        if let words = test.output.errorContaining {
            let expected = try #require(Self.reasons.first { words.hasPrefix($0.words) }).reason
            let error = #expect(throws: ProfileDocument.SyntaxError.self) { try test.profiles() }
            #expect(error?.reason == expected)
            return
        }
        let expected = try #require(test.output.config)
        let profiles = try test.profiles()
        #expect(profiles.exposed == expected.profiles)
        for (name, properties) in expected.sso_sessions ?? [:] {
            #expect(profiles.ssoSession(name)?.mapValues(\.exposedText) == properties)
        }
    }

    @Test("what tools pass over is a warning with its line")
    func warnings() throws {
        let config = """
            [default]
            a = 1
            [preview]
            [profile in valid]
            [profile default]
            in valid = 2
            [sso-session !]
            [plugins]
            """
        let document = try ProfileDocument(Secret(config), kind: .config)
        #expect(
            document.warnings == [
                .init(line: 3, reason: .unknownSection), .init(line: 4, reason: .invalidName),
                .init(line: 6, reason: .invalidPropertyName), .init(line: 7, reason: .invalidName),
                .init(line: 8, reason: .unknownSection), .init(line: 1, reason: .overriddenDefault),
            ])
        let credentials = try ProfileDocument("[profile a]\n[DEFAULT]\n[b]", kind: .credentials)
        #expect(
            credentials.warnings == [.init(line: 1, reason: .needlessPrefix), .init(line: 2, reason: .invalidName)])
    }

    @Test(
        "what the common tests leave open is as botocore has it",
        arguments: [
            // A file that is indented as a whole.
            ("  [profile a]\n  x = 1\n  y = 2\n", ["a": ["x": "1", "y": "2"]]),
            ("[profile a]\n  x = 1\n  y = 2\n    more\n  z = 3", ["a": ["x": "1", "y": "2\nmore", "z": "3"]]),
            // A comment is one however deep it stands.
            ("[profile a]\ns3 =\n  # b\n  c = d\n  ; e\nx = 1", ["a": ["s3": "\nc = d", "x": "1"]]),
            // Names in quotes, as the AWS CLI writes them.
            ("[profile \"a b\"]\nx = 1\n[profile 'c']\ny = 2", ["a b": ["x": "1"], "c": ["y": "2"]]),
            ("\u{FEFF}[default]\r\nx = 1\r\n", ["default": ["x": "1"]]),
            // What follows a property that is passed over goes with it.
            ("[profile a]\nin valid = 1\n  more = 2\nx = 3", ["a": ["x": "3"]]),
            ("[other]\nin = 1\n  more\n[profile a]\nx = 3", ["a": ["x": "3"]]),
        ])
    func open(text: String, expected: [String: [String: String]]) throws {
        let profiles = Profiles(config: try ProfileDocument(Secret(text), kind: .config))
        #expect(profiles.exposed == expected)
    }

    @Test(
        "an error names its line",
        arguments: [
            ("[a]\n\n# c\nx\n", 4, ProfileDocument.SyntaxError.Reason.propertyWithoutEqualsSign),
            ("\r\n x = 1", 2, .outsideSection), ("[a]\nx = 1\n[a] b\n", 3, .unterminatedSection),
        ])
    func line(text: String, line: Int, reason: ProfileDocument.SyntaxError.Reason) {
        let error = #expect(throws: ProfileDocument.SyntaxError.self) {
            try ProfileDocument(Secret(text), kind: .credentials)
        }
        #expect(error == .init(line: line, reason: reason))
    }

    @Test("no value shows in a description")
    func redaction() throws {
        let profiles = Profiles(credentials: try ProfileDocument("[a]\nk = hidden\n more", kind: .credentials))
        #expect(!"\(profiles) \(String(reflecting: profiles["a"]))".contains("hidden"))
    }
}

extension Profiles {
    /// Every profile's keys and values.
    var exposed: [String: [String: String]] {
        Dictionary(
            uniqueKeysWithValues: names.map { name in
                let profile = self[name]
                let keys = Set((profile?.config.keys).map(Array.init) ?? []).union(
                    profile?.credentials.keys.map(\.self) ?? [])
                return (name, Dictionary(uniqueKeysWithValues: keys.map { ($0, profile?[$0]?.exposedText ?? "") }))
            })
    }
}
