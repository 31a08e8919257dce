import Domain
import Testing

@Suite("A profiles file")
struct ProfilesFileTests {
    private func failure(_ text: String) -> ProfilesFile.Failure? {
        do throws(ProfilesFile.Failure) {
            _ = try ProfilesFile(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test("names everything of a session, or the least") func entries() throws {
        let text = #"""
            {"profiles": {
              "b": {"roleArn": "r"},
              "a": {
                "roleArn": "r", "chainRoleArn": ["c", "d"], "externalId": "e", "sessionName": "s", "duration": "1h",
                "region": "eu-west-1", "policy": "p.json", "policyArn": "q", "allowedAccountId": ["1", "2"],
                "verify": true, "serviceConnection": "g", "webIdentityTokenFile": "f", "issuer": ["i"],
                "requireBranch": "main", "requirePipeline": ["7"]}
            }}
            """#
        let entries = try ProfilesFile(Array(text.utf8)).entries
        #expect(entries.map(\.name) == ["b", "a"])
        #expect(entries.map(\.line) == [2, 3])
        let least = entries[0]
        #expect(least.roleArn == "r" && least.chainRoleArn.isEmpty && least.verify == nil)
        let texts: [any KeyPath<ProfilesFile.Entry, String?> & Sendable] = [
            \.externalId, \.sessionName, \.duration, \.region, \.policy, \.serviceConnection, \.webIdentityTokenFile,
        ]
        #expect(texts.allSatisfy { least[keyPath: $0] == nil })
        #expect(texts.map { entries[1][keyPath: $0] } == ["e", "s", "1h", "eu-west-1", "p.json", "g", "f"])
        let lists: [any KeyPath<ProfilesFile.Entry, [String]?> & Sendable] = [
            \.policyArn, \.allowedAccountId, \.issuer, \.requireBranch, \.requirePipeline,
        ]
        #expect(lists.allSatisfy { least[keyPath: $0] == nil })
        #expect(lists.map { entries[1][keyPath: $0] } == [["q"], ["1", "2"], ["i"], ["main"], ["7"]])
        #expect(entries[1].chainRoleArn == ["c", "d"] && entries[1].verify == true)
    }

    @Test("that is malformed says where and what") func malformed() {
        let cases: [(String, Int, ProfilesFile.Failure.Reason)] = [
            ("", 1, .syntax("there is nothing in it")),
            ("[]", 1, .wrongKind(of: nil, expected: .object, found: .list)),
            (#"{"profile": {}}"#, 1, .unknownMember("profile", nearest: "profiles")),
            ("{\n}", 1, .missingMember("profiles")), (#"{"profiles": {}}"#, 1, .noEntries),
            (#"{"profiles": []}"#, 1, .wrongKind(of: "profiles", expected: .object, found: .list)),
            ("{\"profiles\": {\n\"a b\": {}}}", 2, .invalidProfileName("a b")),
            ("{\"profiles\": {\n\"DEFAULT\": {}}}", 2, .invalidProfileName("DEFAULT")),
            ("{\"profiles\": {\"a\":\n\"arn\"}}", 2, .wrongKind(of: "a", expected: .object, found: .text)),
            ("{\"profiles\": {\"a\":\n{\"region\": \"r\"}}}", 2, .missingMember("roleArn")),
            ("{\"profiles\": {\"a\": {\n\"RoleArn\": \"r\"}}}", 2, .unknownMember("RoleArn", nearest: "roleArn")),
            ("{\"profiles\": {\"a\": {\"roleArn\": \n\" \"}}}", 2, .emptyMember("roleArn")),
            (
                "{\"profiles\": {\"a\": {\"roleArn\": \"r\",\n\"duration\": 3600}}}", 2,
                .wrongKind(of: "duration", expected: .text, found: .number)
            ),
            (
                "{\"profiles\": {\"a\": {\"roleArn\": \"r\",\n\"verify\": \"yes\"}}}", 2,
                .wrongKind(of: "verify", expected: .boolean, found: .text)
            ),
            (
                "{\"profiles\": {\"a\": {\"roleArn\": \"r\", \"policyArn\": [\"x\",\n 7]}}}", 2,
                .wrongKind(of: "policyArn", expected: .text, found: .number)
            ),
            (
                "{\"profiles\": {\n\"a\": {\"roleArn\": \"r\"},\n\"a\": {\"roleArn\": \"r\"}}}", 3,
                .syntax("\"a\" is here a second time, the first is on line 2")
            ),
        ]
        for (text, line, reason) in cases {
            let failure = failure(text)
            #expect(failure?.line == line, "\(text)")
            #expect(failure?.reason == reason, "\(text)")
        }
    }
}
