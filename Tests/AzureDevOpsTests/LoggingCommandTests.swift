import AzureDevOps
import Domain
import Testing

@Suite("Logging commands")
struct LoggingCommandTests {
    // azure-pipelines-agent, src/Test/L0/Worker/LoggingCommandL0.cs: the reader these tests rely on reads as the agent.
    @Test(
        "are read by the tests as the agent reads them",
        arguments: [
            ("##vso[area.event k1=v1;]msg", true, ["k1": "v1"], "msg"),
            ("##vso[area.event]", true, [:], ""),
            (">>>   ##vso[area.event k1=v1;]msg", true, ["k1": "v1"], "msg"),
            ("##vso[area.event k1=;k2=;]", true, [:], ""),
            (
                "##vso[area.event k1=%3B=%0D=%0A=%5D%AZP25;]%3B-%0D-%0A-%5D%AZP253B", true, ["k1": ";=\r=\n=]%"],
                ";-\r-\n-]%3B"
            ),
            (
                "##vso[area.event k1=%3B=%0D=%0A=%5D%AZP25;]%3B-%0D-%0A-%5D%AZP253B", false, ["k1": ";=\r=\n=]%AZP25"],
                ";-\r-\n-]%AZP253B"
            ),
        ] as [(String, Bool, [String: String], String)])
    func vectors(line: String, percents: Bool, properties: [String: String], data: String) throws {
        let read = try #require(AgentLine(line, unescapesPercents: percents))
        #expect(read.area == "area" && read.event == "event")
        #expect(read.properties == properties)
        #expect(read.data == data)
    }

    @Test(
        "are no commands without a prefix, a bracket or two names",
        arguments: [
            "", "vso[area.event]", "##vso[area.event", "##vso[area]", "##vso[a.b.c]", "##vso[.]",
        ])
    func noCommand(line: String) { #expect(AgentLine(line) == nil) }

    static let nasty = [
        "", "plain", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY==", "%", "%%", "%3B", "%3b", "%0A", "%0D%0A", "%5D",
        "%AZP25",
        "%AZP253B", "%AZP25AZP25", "%25", "100%;", "a;b", "a]b", "]]", ";;", "]##vso[task.complete result=Failed;]",
        "##vso[task.debug]", "key=value;", " leading and trailing ", "\t", "é😀\u{301}", "'\"`$(x)\\", "\u{0}",
        "%%AZP25;]3B",
        "%\u{301}", ";\u{301}", "]\u{301}", "=x",
    ]

    @Test("give the agent the exact value of a variable", arguments: nasty)
    func variable(value: String) throws {
        let line = try LoggingCommand.setVariable("A.Name", to: Secret(value)).render().exposedText
        let read = try #require(AgentLine(line))
        #expect(read.area == "task" && read.event == "setvariable")
        #expect(read.properties == ["variable": "A.Name"])
        #expect(Array(read.data.utf8) == Array(value.utf8))
        #expect(line.filter { $0 == "]" }.count == 1 && !line.contains(where: \.isNewline))
    }

    @Test("mask the exact value", arguments: nasty)
    func secret(value: String) throws {
        let line = try LoggingCommand.setSecret(Secret(value), named: "A").render().exposedText
        #expect(line.hasPrefix("##vso[task.setsecret]"))
        #expect(Array(try #require(AgentLine(line)).data.utf8) == Array(value.utf8))
    }

    @Test("give the agent the exact name of a variable", arguments: nasty.filter { !$0.isEmpty && !$0.hasPrefix("=") })
    func name(name: String) throws {
        let line = try LoggingCommand.setVariable(name, to: "v", isSecret: true).render().exposedText
        #expect(try #require(AgentLine(line)).properties == ["variable": name, "issecret": "true"])
    }

    @Test("are spelled as the agent's documentation spells them")
    func spelling() throws {
        #expect(try text(.setVariable("A", to: "x;%]")) == "##vso[task.setvariable variable=A;]x%3B%AZP25%5D")
        #expect(
            try text(.setVariable("A", to: "x", isSecret: true)) == "##vso[task.setvariable variable=A;issecret=true;]x"
        )
        #expect(try text(.setSecret("x", named: "A")) == "##vso[task.setsecret]x")
        #expect(text(.logIssue("error", "no: a\r\nb")) == "##vso[task.logissue type=error;]no: a%0D%0Ab")
        #expect(text(.setProgress(7, "3 of 40 accounts")) == "##vso[task.setprogress value=7;]3 of 40 accounts")
        #expect(text(.setProgress(101, "")) == "##vso[task.setprogress value=100;]")
        #expect(text(.setProgress(-1, "")) == "##vso[task.setprogress value=0;]")
    }

    @Test(
        "refuse a value with a line end, which the agent would print whole",
        arguments: [
            "\n", "a\nb", "a\r", "\r\n", "a\r\n", "a\n\u{301}",
        ])
    func lineEnds(value: String) {
        #expect(throws: LoggingCommand.Failure.lineEnd(variable: "AWS_SESSION_TOKEN")) {
            try LoggingCommand.setSecret(Secret(value), named: "AWS_SESSION_TOKEN")
        }
        #expect(throws: LoggingCommand.Failure.lineEnd(variable: "AWS_SESSION_TOKEN")) {
            try LoggingCommand.setVariable("AWS_SESSION_TOKEN", to: Secret(value))
        }
    }

    @Test("say in a message what was said, and nothing to the agent", arguments: nasty + ["two\nlines", "\r"])
    func issues(message: String) throws {
        let line = text(.logIssue("warning", message))
        let read = try #require(AgentLine(line))
        #expect(read.event == "logissue" && read.properties == ["type": "warning"])
        #expect(Array(read.data.utf8) == Array(message.utf8))
    }

    @Test("never show their data in print")
    func printing() throws {
        let command = try LoggingCommand.setSecret("hunter2", named: "A")
        var dumped = ""
        dump(command, to: &dumped)
        #expect(!"\(command) \(command.render()) \(dumped)".contains("hunter2"))
    }

    private func text(_ command: LoggingCommand) -> String { command.render().exposedText }
}
