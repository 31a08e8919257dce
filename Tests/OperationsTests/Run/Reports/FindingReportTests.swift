import Domain
import Foundation
import TestSupport
import Testing

@testable import Operations

@Suite("What is told of findings and errors") struct FindingReportTests {
    private let error = RecordedStream()

    private func finding(
        _ rule: Finding.Rule, _ severity: Finding.Severity, _ summary: String, advice: [String] = []
    ) -> Finding { Finding(rule, severity, "role/web", summary, evidence: [Fact("seen", "no")], advice: advice) }

    @Test("notes are details, warnings are warnings, and errors end the command with all of them named")
    func told() throws {
        let console = Console(.test([:], error: error), verbosity: .verbose)
        let findings = [
            finding(.subjectAccepted, .note, "a note"),
            finding(.subjectForeign, .warning, "a warning", advice: ["look", "further"]),
            finding(.roleMissing, .error, "no role", advice: ["make it"]),
            finding(.audienceMissing, .error, "no audience", advice: ["add it"]),
        ]
        #expect { try console.tell(findings) } throws: { error in
            let report = error as? ErrorReport
            return report?.code == .badInput && report?.message == "no role"
                && report?.hints == ["make it", "besides, no audience", "add it"]
                && report?.facts == [
                    Fact("rule", "role-missing"), Fact("subject", "role/web"), Fact("seen", "no"),
                ]
        }
        #expect(error.text == "keyless: a note\nkeyless: warning: a warning\nkeyless: hint: look\n")
        try console.tell(Array(findings.prefix(2)))
    }

    @Test(
        "every rule that can be an error has a code that is neither done nor a defect", arguments: Finding.Rule.allCases
    )
    func codes(rule: Finding.Rule) {
        let code = ErrorReport(finding(rule, .error, "so")).code
        #expect(code != .done && code != .unexpected)
    }

    @Test("ids of rules are words with hyphens")
    func ids() {
        for rule in Finding.Rule.allCases { #expect(rule.rawValue.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil) }
    }

    @Test("an error for a program is one line, the last, that nobody else's text can leave")
    func json() throws {
        let context = Context.test(["TF_BUILD": "True"], error: error)
        let report = ErrorReport(
            .refused, "no\n##vso[task.complete result=Succeeded]", hints: ["first", "{\n  \"a\": 1\n}"],
            facts: [Fact("reason", "one"), Fact("reason", "two"), Fact("action", "iam:GetRole")])
        Console(context, verbosity: .quiet, output: .json).report(report)
        let lines = error.text.split(separator: "\n").map(String.init)
        #expect(lines.count == 2 && lines[0].hasPrefix("##vso[task.logissue type=error;]keyless: no"))
        #expect(!lines[1].contains("##vso["))
        #expect(lines[1].hasPrefix(#"{"schema":"keyless.error/1","code":77,"message":"#))
        let object = try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any]
        #expect(object?["hints"] as? [String] == ["first", "{\n  \"a\": 1\n}"])
        #expect(object?["facts"] as? [String: String] == ["reason": "one; two", "action": "iam:GetRole"])
    }

    @Test("an error without facts says nothing of them")
    func noFacts() {
        #expect(!ErrorReport(.usage, "so").json.contains("facts"))
    }
}
