import Emulator
import Testing

@Suite("The agent")
struct AgentLogTests {
    @Test("sets variables and prints nothing for it") func variables() {
        let log = AgentLog(output: "before\n##vso[task.setvariable variable=My.Name x]a%AZP25b\r\nafter\n")
        #expect(log.lines == ["before", "after"])
        #expect(log.variable("my.name x")?.value == "a%b")
        #expect(log.environment == ["MY_NAME_X": "a%b"])
        #expect(!log.hasFailed)
    }

    @Test("keeps secrets out of the next steps' environment and out of the log") func secret() {
        let log = AgentLog(
            output: """
                early s3cret
                ##vso[task.setvariable variable=KEY;issecret=True]s3cret
                late s3cret
                """)
        #expect(log.lines == ["early s3cret", "late ***"])
        #expect(log.environment.isEmpty)
        #expect(log.variable("KEY")?.isSecret == true)
    }

    @Test("takes a property with a space before its name for another one") func untrimmed() {
        let log = AgentLog(output: "##vso[task.setvariable variable=KEY; issecret=true]s3cret\nlate s3cret")
        #expect(log.variable("KEY")?.isSecret == false)
        #expect(log.lines == ["late s3cret"])
    }

    @Test("takes only true for true", arguments: [("1", false), ("yes", false), ("TRUE", true), (" true ", true)])
    func boolean(text: String, isSecret: Bool) {
        let log = AgentLog(output: "##vso[task.setvariable variable=KEY;issecret=\(text)]v")
        #expect(log.variable("KEY")?.isSecret == isSecret)
    }

    @Test("never makes a secret plain again") func staysSecret() {
        let log = AgentLog(
            output:
                "##vso[task.setvariable variable=KEY;issecret=true]one\n##vso[task.setvariable variable=key]two\ntwo")
        #expect(log.variable("KEY")?.isSecret == true)
        #expect(log.lines == ["***"])
    }

    @Test("prints the line of a secret with several lines, value and all, and fails the step") func multiline() {
        let log = AgentLog(output: "##vso[task.setvariable variable=KEY;issecret=true]one%0Atwo")
        #expect(log.hasFailed)
        #expect(log.variables.isEmpty)
        #expect(log.lines.count == 1)
        #expect(log.lines[0].hasPrefix("##[error]Unable to process command '##vso[task.setvariable "))
        #expect(log.lines[0].contains("one%0Atwo"))
    }

    @Test("masks what setsecret names, in its other forms too, without making a variable") func setSecret() {
        let log = AgentLog(
            output: #"""
                ##vso[task.setsecret]a"b\c d%3B
                plain a"b\c d;
                escaped a"b\c d%3B
                json a\"b\\c d;
                uri a%22b%5Cc%20d%3B
                part a"b
                """#)
        #expect(log.lines == ["plain ***", "escaped ***", "json ***", "uri ***", #"part a"b"#])
        #expect(log.variables.isEmpty)
    }

    @Test("masks the longer of two secrets whole") func longest() {
        let log = AgentLog(output: "##vso[task.setsecret]abc\n##vso[task.setsecret]abcdef\nabcdef abc")
        #expect(log.lines == ["*** ***"])
    }

    @Test("names output variables after the step, read-only, and does not export them") func output() {
        let log = AgentLog(output: "##vso[task.setvariable variable=A;isoutput=true]v")
        #expect(log.variables.map(\.name) == ["step.A"])
        #expect(log.variables.allSatisfy { $0.isOutput && $0.isReadOnly && !$0.isSecret })
        #expect(log.environment.isEmpty)
    }

    @Test("collects issues and shows them in the log, masked") func issues() {
        let log = AgentLog(
            output: """
                ##vso[task.setsecret]s3cret
                ##vso[task.logissue type=error]no s3cret
                ##vso[task.issue type=warning]hm
                """)
        #expect(log.issues.map(\.type) == ["error", "warning"])
        #expect(log.issues.map(\.message) == ["no ***", "hm"])
        #expect(log.lines == ["##[error]no ***", "##[warning]hm"])
        #expect(!log.hasFailed)
    }

    @Test("keeps result and progress") func completion() {
        let log = AgentLog(
            output: "##vso[task.setprogress value=40]x\n##vso[task.complete result=SucceededWithIssues]done")
        #expect(log.progress == "40")
        #expect(log.result == "SucceededWithIssues")
        #expect(log.lines.isEmpty)
    }

    @Test(
        "fails the step for a command that it cannot carry out",
        arguments: [
            "##vso[task.setvariable issecret=true]v", "##vso[task.logissue]x", "##vso[task.complete result=succeeded]",
            "##vso[task.setprogress value=101]", "##vso[task.nonsense]x", "##vso[task.uploadsummary]",
        ])
    func failing(line: String) {
        let log = AgentLog(output: line)
        #expect(log.hasFailed)
        #expect(log.issues.map(\.type) == ["error"])
    }

    @Test("warns about what looks like a command and is none, and prints it", arguments: ["##vso[broken", "my ##vso"])
    func keyword(line: String) {
        let log = AgentLog(output: line)
        #expect(log.issues.map(\.type) == ["warning"])
        #expect(log.lines.last == line)
        #expect(!log.hasFailed)
    }

    @Test("warns about an area that it does not know, and prints nothing else") func area() {
        let log = AgentLog(output: "##vso[other.thing]x")
        #expect(log.lines == ["##[warning]Can't find command extension for ##vso[other.command]."])
    }

    @Test("leaves percent signs alone in its other mode") func otherMode() {
        let log = AgentLog(output: "##vso[task.setvariable variable=A]%AZP25%3B", unescapesPercents: false)
        #expect(log.variable("A")?.value == "%AZP25;")
    }
}
