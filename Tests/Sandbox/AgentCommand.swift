import ArgumentParser
import Emulator
import Foundation
import Glibc

/// `keyless-sandbox agent`.
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "Runs a command as the agent does: reads its logging commands and masks its log.",
        discussion: """
            Prints what a pipeline's log would show, line by line, and then the variables that the command has set, \
            secret values masked. Ends with the command's exit code, or with 1 where the agent would fail the step for \
            a logging command.
            """)

    @OptionGroup var options: SandboxOptions

    @Argument(parsing: .postTerminator, help: "The command and its arguments, behind '--'.")
    var command: [String] = []

    func validate() throws {
        if command.isEmpty {
            throw ValidationError("There is no command: keyless-sandbox agent -- keyless assume --format pipeline")
        }
    }

    func run() async throws {
        let sandbox = try await options.start()
        let invocation = Invocation(command, in: sandbox, hasAddresses: options.notifications)
        invocation.announce()
        let pipe = Pipe()
        let child = try ChildProcess(
            invocation.arguments, environment: invocation.environment,
            output: pipe.fileHandleForWriting.fileDescriptor)
        try pipe.fileHandleForWriting.close()

        async let code = child.wait()
        var log = AgentLog()
        for await line in Lines.read(pipe.fileHandleForReading) {
            for printed in log.read(line) { print(printed) }
            fflush(nil)
        }
        print("\n\(VariableTable(log).text)")
        let ended = await code
        await options.stop(sandbox)
        if ended != 0 { throw ExitCode(ended) }
        if log.hasFailed { throw ExitCode(1) }
    }
}

/// The variables a step has set, for people.
private struct VariableTable {
    let text: String

    init(_ log: AgentLog) {
        guard !log.variables.isEmpty else {
            text = "The step has set no variables."
            return
        }
        let rows = log.variables.map { variable in
            [variable.name, variable.isSecret ? "***" : log.masked(variable.value), Self.kind(variable)]
        }
        let table = [["VARIABLE", "VALUE", "KIND"]] + rows
        let widths = (0..<2).map { column in table.map { $0[column].count }.max() ?? 0 }
        text = table.map { row in
            zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
                + "  \(row[2])"
        }.joined(separator: "\n")
    }

    private static func kind(_ variable: AgentLog.Variable) -> String {
        switch (variable.isSecret, variable.isOutput) {
        case (true, true): "secret output"
        case (true, false): "secret: later steps must map it"
        case (false, true): "output"
        case (false, false): "in the environment of later steps"
        }
    }
}
