import AzureDevOps
import Domain
import LinuxSystem

// How the program speaks to people. The rules are:
//
//   - Data goes to stdout, and nothing else does.
//   - Everything else goes to stderr, each line begun with "keyless:", lower case, no full stop at the end.
//   - An error is one line "keyless: error:", then one "keyless: hint:" for each thing to type or to look at. To a
//     program, with --output json, it is a JSON object on the last line.
//   - In a pipeline an error is also a logging command, so that it shows on the run's summary page.
//   - What others wrote is cleaned before it is printed (ForeignText).

/// For whom a command prints.
package enum OutputForm: String, Sendable, CaseIterable {
    /// For a person.
    case text
    /// For a program.
    case json
}

/// How much a command says besides its result.
package enum Verbosity: Sendable, Comparable {
    case quiet, normal, verbose
}

/// The program's voice on stderr. When nobody can hear it there is nobody to tell.
package struct Console: Sendable {
    private let stream: any OutputStream
    private let isPipeline: Bool
    private let isTerminal: Bool
    private let verbosity: Verbosity
    private let output: OutputForm

    /// - Parameter output: for whom the command prints: errors are for the same reader.
    package init(_ context: Context, verbosity: Verbosity, output: OutputForm = .text) {
        (stream, isPipeline) = (context.standardError, context.isPipeline)
        (self.verbosity, self.output) = (verbosity, output)
        isTerminal = context.confirm != nil
    }

    /// What was done, unless `--quiet`.
    func note(_ text: @autoclosure () -> String) {
        if verbosity >= .normal { line(text()) }
    }

    /// How it was done, with `--verbose`.
    func detail(_ text: @autoclosure () -> String) {
        if verbosity >= .verbose { line(text()) }
    }

    /// Something that is not an error and will surprise, unless `--quiet`.
    ///
    /// - Parameter hint: what to type or to look at.
    func warn(_ text: String, hint: String? = nil) {
        guard verbosity >= .normal else { return }
        line("warning: \(text)")
        if let hint { line("hint: \(hint)") }
        if isPipeline { issue("warning", text) }
    }

    /// An error with its hints. `--quiet` does not silence it.
    package func report(_ report: ErrorReport) {
        if output == .json {
            // The run's page reads the same stream; the last line is the program's.
            if isPipeline { issue("error", report.message) }
            try? stream.write(Secret(report.json))
            return
        }
        line("error: \(report.message)")
        for hint in report.hints { line("hint: \(hint)") }
        if isPipeline { issue("error", report.message) }
    }

    /// How far long work is, on a terminal and on the run's page; nowhere else.
    ///
    /// - Parameter total: `nil` where it is not known yet.
    func progress(_ done: Int, of total: Int?, _ what: String) {
        guard verbosity == .normal else { return }
        if isTerminal {
            // Over the line before.
            let end = total.map { " of \($0)" } ?? ""
            try? stream.write("\rkeyless: \(what): \(done)\(end)")
        } else if isPipeline, let total, done * 100 / total != (done - 1) * 100 / total {
            try? stream.write("\(LoggingCommand.setProgress(done * 100 / total, what).render())\n")
        }
    }

    /// Leaves the last of what ``progress(_:of:_:)`` wrote on its line.
    func endProgress() {
        if verbosity == .normal && isTerminal { try? stream.write("\n") }
    }

    private func line(_ text: String) {
        // A hint may have lines of its own, YAML to paste; each is cleaned by itself and keeps its indentation.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        try? stream.write(Secret(lines.map { "keyless: \(ForeignText.clean(String($0), limit: 4000))\n" }.joined()))
    }

    private func issue(_ type: String, _ text: String) {
        let command = LoggingCommand.logIssue(type, "keyless: \(ForeignText.clean(text))")
        try? stream.write("\(command.render())\n")
    }
}
