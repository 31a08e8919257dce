import Testing

@testable import Domain

@Suite("cmd.exe")
struct WindowsCommandPromptTests {
    @Test(
        "A value stands bare where that is safe, and within quotes elsewhere",
        arguments: [
            ("wJalr+XUtn/FEMI==", "set KEY=wJalr+XUtn/FEMI=="), ("a b", #"set "KEY=a b""#), (" a ", #"set "KEY= a ""#),
            ("a&b|c<d>e^f(g)", #"set "KEY=a&b|c<d>e^f(g)""#), ("it's", #"set "KEY=it's""#), (#"a\"#, #"set "KEY=a\""#),
            ("=a", #"set "KEY==a""#), ("a;b,c", #"set "KEY=a;b,c""#), ("", #"set "KEY=""#),
        ])
    func quoting(value: String, line: String) throws {
        #expect(try WindowsCommandPrompt.set("KEY", to: Secret(value)).exposedText == line)
    }

    @Test("What cmd.exe would change is refused, and nothing else", arguments: NastyValue.all)
    func refusal(value: NastyValue) throws {
        let isHonest = value.bytes.allSatisfy { (0x20...0x7E).contains($0) && !#"%!""#.utf8.contains($0) }
        if isHonest {
            let line = try WindowsCommandPrompt.set("KEY", to: Secret(value.text)).exposedText
            #expect([#"set "KEY=\#(value.text)""#, "set KEY=\(value.text)"].contains(line))
        } else {
            let error = FormatError(format: .windowsCmd, name: "AWS_SECRET_ACCESS_KEY", reason: .character)
            #expect(throws: error) { try CredentialFormat.windowsCmd.render(value.credentials) }
        }
    }

    @Test("A line is no longer than cmd.exe reads")
    func length() throws {
        let longest = 8191 - "set KEY=".utf8.count
        #expect(try WindowsCommandPrompt.set("KEY", to: Secret(String(repeating: "a", count: longest))).count == 8191)
        #expect(throws: FormatError.Reason.tooLong) {
            try WindowsCommandPrompt.set("KEY", to: Secret(String(repeating: "a", count: longest + 1)))
        }
    }
}
