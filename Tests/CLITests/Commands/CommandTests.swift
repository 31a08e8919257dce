import ArgumentParser
import Domain
import Foundation
import Testing

@testable import CLI

/// What holds for every command there is.
@Suite("Commands") struct CommandTests {
    static let names = KeylessCommand.configuration.subcommands.compactMap { $0.configuration.commandName }

    @Test("whatever prints JSON has a schema of its name", arguments: names)
    func schemas(name: String) throws {
        let help = KeylessCommand.helpMessage(
            for: try #require(
                KeylessCommand.configuration.subcommands.first { $0.configuration.commandName == name }))
        // A format of its own is one of several, and is called json.
        guard help.contains("--output") || help.contains("json") else { return }
        // `exec` prints nothing.
        let schema = try #require(JSONReport.Schema(rawValue: "keyless.\(name)/1"), "\(name) has no schema")
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/schema/\(name).json")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("\"const\": \"\(schema.rawValue)\""))
    }

    @Test("the command of each name has an abstract in one sentence", arguments: names)
    func abstracts(name: String) throws {
        let command = try #require(
            KeylessCommand.configuration.subcommands.first { $0.configuration.commandName == name })
        #expect(command.configuration.abstract.hasSuffix("."))
    }

    @Test(
        "addresses for notifications that exclude each other",
        arguments: [
            ["--slack-webhook-file", "a", "--slack-webhook-parameter", "b"],
            ["--webhook", "https://hooks.example/", "--webhook-file", "a"],
            ["--webhook-file", "a", "--webhook-parameter", "b"],
            ["--webhook", "https://hooks.example/", "--webhook-parameter", "b"],
        ])
    func exclusive(arguments: [String]) {
        #expect { try NotificationOptions.parse(arguments) } throws: {
            NotificationOptions.message(for: $0).contains("exclude each other")
        }
    }
}
