import Emulator
import Testing

/// The agent's own cases for its parser (microsoft/azure-pipelines-agent, `LoggingCommandL0.cs`), and its rules.
@Suite("A logging command")
struct LoggingCommandTests {
    @Test(
        "is read as the agent's own tests want it",
        arguments: [
            ("##vso[area.event k1=v1;]msg", ["k1": "v1"], "msg"),
            ("##vso[area.event]", [:], ""),
            (">>>   ##vso[area.event k1=v1;]msg", ["k1": "v1"], "msg"),
            ("##vso[area.event k1=;k2=;]", [:], ""),
        ])
    func parses(line: String, properties: [String: String], data: String) throws {
        for unescapes in [true, false] {
            let command = try #require(LoggingCommand(line, unescapesPercents: unescapes))
            #expect(command.area == "area")
            #expect(command.event == "event")
            #expect(command.properties == properties)
            #expect(command.data == data)
        }
    }

    @Test(
        "is unescaped in both of the agent's modes",
        arguments: [(true, ";=\r=\n=]%", ";-\r-\n-]%3B"), (false, ";=\r=\n=]%AZP25", ";-\r-\n-]%AZP253B")])
    func unescapes(percents: Bool, value: String, data: String) throws {
        let line = "##vso[area.event k1=%3B=%0D=%0A=%5D%AZP25;]%3B-%0D-%0A-%5D%AZP253B"
        let command = try #require(LoggingCommand(line, unescapesPercents: percents))
        #expect(command.properties == ["k1": value])
        #expect(command.data == data)
    }

    @Test("compares names without case and does not trim them") func names() throws {
        let command = try #require(LoggingCommand("##vso[Task.SetVariable Variable=X; issecret=true]v"))
        #expect(command.area == "task")
        #expect(command.event == "setvariable")
        #expect(command.properties == ["variable": "X", " issecret": "true"])
    }

    @Test("ends its header at the first bracket") func bracket() throws {
        let command = try #require(LoggingCommand("##vso[a.b c=d]e;]f"))
        #expect(command.properties == ["c": "d"])
        #expect(command.data == "e;]f")
    }

    @Test(
        "is none where it is not whole",
        arguments: ["", "text", "##vso", "##vso[a.b", "##vso[a]x", "##vso[a.b.c]x", "##VSO[a.b]x", "##[error]x"])
    func none(line: String) {
        #expect(LoggingCommand(line) == nil)
    }
}
