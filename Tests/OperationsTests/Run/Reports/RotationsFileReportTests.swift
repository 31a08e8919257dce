import Domain
import Testing

@testable import Operations

@Suite("A rotations file's mistake, in words")
struct RotationsFileReportTests {
    private func report(_ text: String) throws -> ErrorReport {
        do throws(RotationsFile.Failure) {
            _ = try RotationsFile(Array(text.utf8))
        } catch {
            return ErrorReport(error, of: "rotations.json", .rotations)
        }
        return try #require(nil)
    }

    @Test(
        "says the line, and what to write",
        arguments: [
            (
                "{\"rotations\": [\n{\"userNam\": \"a\"}]}", "line 2",
                #"there is no "userNam"; did you mean "userName"?"#
            ),
            ("{\"rotations\": [\n{\"quite\": \"a\"}]}", "line 2", #"there is no "quite""#),
            ("{\"rotations\": [\n{\"grace\": 24}]}", "line 2", #"the rotation that begins here has no "userName""#),
            (
                "{\"rotations\": [{\"userName\":\n24}]}", "line 2",
                #""userName" must be a text in double quotes, not a number"#
            ),
            ("[]", "line 1", "the file must be an object in { }, not a list in [ ]"),
            ("{\"rotations\": [7]}", "line 1", #"each of "rotations" must be an object in { }, not a number"#),
            ("{", "line 1", "the file ends, and the { of line 1 is not closed"),
            (
                """
                {"rotations": [{"userName": "a", "secretId": "s", "serviceConnection": "c"},
                {"userName": "b", "secretId": "s", "serviceConnection": "d"}]}
                """, "line 2",
                #"the rotation of line 1 has the same secret, "s": they would rotate against each other"#
            ),
        ])
    func words(text: String, line: String, message: String) throws {
        let report = try report(text)
        #expect(report.message == "\(line) of rotations.json: \(message)")
        #expect(report.code == .badInput)
    }

    @Test("cannot be a command to the agent") func foreign() throws {
        let report = try report("{\"##vso[task.complete]\": 1}")
        #expect(!report.message.contains("##vso["))
    }
}
