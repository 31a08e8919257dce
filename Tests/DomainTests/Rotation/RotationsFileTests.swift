import Domain
import Testing

@Suite("A rotations file")
struct RotationsFileTests {
    private typealias Reason = RotationsFile.Failure.Reason

    private func failure(
        _ text: String, _ defaults: RotationsFile.Defaults = RotationsFile.Defaults()
    ) -> RotationsFile.Failure? {
        do throws(RotationsFile.Failure) {
            _ = try RotationsFile(Array(text.utf8), defaults: defaults)
            return nil
        } catch {
            return error
        }
    }

    /// A file of these entries, the first of which is on line 2.
    private func file(_ entries: String...) -> String {
        "{\"rotations\": [\n" + entries.joined(separator: ",\n") + "\n]}"
    }

    private func entry(user: String = "a", secret: String = "s", connection: String = "c", more: String = "") -> String
    {
        #"{"userName": "\#(user)", "secretId": "\#(secret)", "serviceConnection": "\#(connection)"\#(more)}"#
    }

    @Test("names everything of a rotation, or the least") func entries() throws {
        let text = file(
            entry(),
            #"""
            {"userName": "ci-deploy", "secretId": "prod/ci-deploy", "organization": "contoso", "project": "Web Shop",
             "serviceConnection": "aws-prod", "profile": "prod", "region": "eu-west-1", "grace": "24h",
             "patFile": "pat.txt", "patParameter": "/keyless/pat"}
            """#)
        let entries = try RotationsFile(Array(text.utf8)).entries
        #expect(entries.map(\.line) == [2, 3])
        #expect(entries.map(\.userName) == ["a", "ci-deploy"])
        #expect(entries.map(\.secretId) == ["s", "prod/ci-deploy"])
        #expect(entries.map(\.serviceConnection) == ["c", "aws-prod"])
        let optional: [any KeyPath<RotationsFile.Entry, String?> & Sendable] = [
            \.organization, \.project, \.profile, \.region, \.grace, \.patFile, \.patParameter,
        ]
        #expect(optional.allSatisfy { entries[0][keyPath: $0] == nil })
        #expect(
            optional.map { entries[1][keyPath: $0] }
                == ["contoso", "Web Shop", "prod", "eu-west-1", "24h", "pat.txt", "/keyless/pat"])
    }

    @Test("that is malformed says where and what") func malformed() {
        let cases: [(String, Int, RotationsFile.Failure.Reason)] = [
            ("{\n", 2, .syntax("the file ends, and the { of line 1 is not closed")),
            ("[]", 1, .wrongKind(of: nil, expected: .object, found: .list)), ("\n{}", 2, .missingMember("rotations")),
            (#"{"rotation": []}"#, 1, .unknownMember("rotation", nearest: "rotations")),
            (#"{"rotations": []}"#, 1, .noEntries),
            (#"{"rotations": {}}"#, 1, .wrongKind(of: "rotations", expected: .list, found: .object)),
            (file(#""a""#), 2, .wrongKind(of: "rotations", expected: .object, found: .text)),
            (file(entry(), "\n{\"userNam\": \"b\"}"), 4, .unknownMember("userNam", nearest: "userName")),
            (file(entry(more: ", \"x\": 1")), 2, .unknownMember("x", nearest: nil)),
            (file(entry(more: ",\n \"grace\": 24")), 3, .wrongKind(of: "grace", expected: .text, found: .number)),
            (file(entry(more: ", \"region\": null")), 2, .wrongKind(of: "region", expected: .text, found: .null)),
            (file(#"{"userName": "a", "secretId": "b"}"#), 2, .missingMember("serviceConnection")),
            (file(entry(user: " ")), 2, .emptyMember("userName")),
            (file(entry(more: ", \"project\": \"\"")), 2, .emptyMember("project")),
        ]
        for (text, line, reason) in cases {
            let failure = failure(text)
            #expect(failure?.line == line, "\(text)")
            #expect(failure?.reason == reason, "\(text)")
        }
    }

    @Test("has no two rotations that would work against each other") func duplicates() {
        let other = entry(user: "b", secret: "t", connection: "d")
        let cases: [(String, RotationsFile.Failure.Shared, String)] = [
            (entry(user: "A", secret: "t", connection: "d"), .user, "A"),
            (entry(user: "b", connection: "d"), .secret, "s"),
            (entry(user: "b", secret: "t", connection: "C"), .serviceConnection, "C"),
        ]
        for (second, shared, name) in cases {
            let failure = failure(file(entry(), second))
            #expect(failure?.line == 3)
            #expect(failure?.reason == .duplicate(shared, of: name, firstLine: 2))
        }
        #expect(failure(file(entry(), other)) == nil)
    }

    @Test("has what differs by account, region or project")
    func differing() {
        let elsewhere = #", "profile": "other", "project": "Elsewhere""#
        #expect(failure(file(entry(), entry(more: elsewhere))) == nil)
        let region = #", "region": "eu-west-1""#
        #expect(failure(file(entry(), entry(user: "b", connection: "d", more: region))) == nil)
        let arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf"
        #expect(
            failure(
                file(entry(secret: arn), entry(user: "b", secret: arn, connection: "d", more: #", "profile": "p""#))
            )?.reason
                == .duplicate(.secret, of: arn, firstLine: 2))
    }

    @Test("is compared as it will be run, with what the command line says") func defaults() {
        let text = file(entry(), entry(more: #", "profile": "other", "project": "Elsewhere""#))
        #expect(
            failure(text, RotationsFile.Defaults(profile: "other"))?.reason
                == .duplicate(.user, of: "a", firstLine: 2))
        let connections = file(entry(), entry(user: "b", secret: "t", more: #", "project": "Elsewhere""#))
        #expect(failure(connections) == nil)
        #expect(
            failure(connections, RotationsFile.Defaults(project: "elsewhere"))?.reason
                == .duplicate(.serviceConnection, of: "c", firstLine: 2))
    }
}
