import ArgumentParser
import Domain
import LinuxSystem
import Operations

/// One invocation: parse, run, and turn whatever goes wrong into words on stderr and an exit code.
struct CommandLineRun {
    private let context: Context

    init(_ context: Context) { self.context = context }

    /// - Parameter arguments: without the program's name.
    /// - Returns: what the process returns.
    func run(_ arguments: [String]) async -> Int32 {
        let command: any ParsableCommand
        do {
            command = try KeylessCommand.parseAsRoot(arguments)
        } catch {
            return reportParsing(error, of: arguments).rawValue
        }
        guard let command = command as? any ContextCommand else {
            // The root command alone, or the built-in `help`.
            do {
                var command = command
                try command.run()
                return Operations.ExitCode.done.rawValue
            } catch {
                return reportParsing(error, of: arguments).rawValue
            }
        }
        let console = Console(context, verbosity: command.verbosity, output: command.output)
        do {
            try await command.run(context, console)
            return Operations.ExitCode.done.rawValue
        } catch let end as CommandEnd {
            return end.code
        } catch {
            let report = ErrorReport(error)
            console.report(report)
            return report.code.rawValue
        }
    }

    private func show(_ text: String) -> Operations.ExitCode {
        do throws(SystemError) {
            try context.standardOutput.write("\(text)\n")
            return .done
        } catch {
            let report = ErrorReport(error)
            Console(context, verbosity: .normal).report(report)
            return report.code
        }
    }

    /// Help and version arrive as errors too; they are what was asked for and go to stdout.
    private func reportParsing(_ error: any Error, of arguments: [String]) -> Operations.ExitCode {
        guard KeylessCommand.exitCode(for: error) != .success else {
            return show(KeylessCommand.fullMessage(for: error))
        }
        let usage = KeylessCommand.fullMessage(for: error)
            .split(separator: "\n").first { $0.hasPrefix("Usage: ") }?.dropFirst("Usage: ".count)
        var hints = usage.map { ["usage: \($0)"] } ?? []
        let command = usage?.split(separator: " ").prefix { !"<[".contains($0.first ?? " ") && !$0.hasPrefix("-") }
        if command?.count == 1 {
            let names = KeylessCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
            hints.append("the commands are \(names.joined(separator: ", "))")
        }
        hints.append("'\((command ?? ["keyless"]).joined(separator: " ")) --help' says more")
        let message = KeylessCommand.message(for: error)
        let report = ErrorReport(.usage, message.prefix(1).lowercased() + message.dropFirst(), hints: hints)
        Console(context, verbosity: .normal, output: Self.output(arguments)).report(report)
        return report.code
    }

    /// For whom a command line prints that could not be parsed: for a program, if it says so as far as one can see.
    private static func output(_ arguments: [String]) -> OutputForm {
        let options = arguments.prefix { $0 != "--" }
        let isForProgram = zip(options, options.dropFirst()).contains { $0 == "--output" && $1 == "json" }
        return isForProgram || options.contains("--output=json") ? .json : .text
    }
}

/// A command that runs in a ``Context``: every command but the root.
protocol ContextCommand: ParsableCommand {
    var verbosity: Verbosity { get }
    /// For whom it prints.
    var output: OutputForm { get }
    func run(_ context: Context, _ console: Console) async throws
}

extension ContextCommand {
    var output: OutputForm { .text }
}

/// A command that this one ran has ended; its exit code is passed on.
struct CommandEnd: Error {
    /// 0 to 255.
    let code: Int32
}
