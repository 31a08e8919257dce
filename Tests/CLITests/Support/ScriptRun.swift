import Emulator
import Foundation
import TestSupport
import Testing

/// One run of a ``Script``, in a sandbox and a directory of its own.
///
/// After every command that it runs it looks for secrets where none may be: in stderr always, and in stdout of a
/// command that failed.
final class ScriptRun {
    private let script: Script
    let sandbox: Sandbox
    private let directory: URL
    private var environment: [String: String]
    private var isTrusting = true
    /// A command that was asked for and has not ended.
    private var terminal: TerminalSession?
    private var last = ChildResult(code: 0, stdout: Data(), stderr: Data())

    private init(_ script: Script, _ sandbox: Sandbox, _ directory: URL) throws {
        (self.script, self.sandbox, self.directory) = (script, sandbox, directory)
        environment = sandbox.environment
        if script.world.isAdministrators { environment.merge(sandbox.administratorEnvironment) { $1 } }
        environment.merge(sandbox.notificationEnvironment.filter { script.world.addresses.contains($0.key) }) { $1 }
        environment["HOME"] = directory.path
        environment["WORK"] = directory.path
        environment["CONSUMERS"] = ConsumerTests.directory.path
        environment["PYTHON"] = try TestPython.path()
        // The binary under test comes first, so that scripts can run it inside a shell too.
        let tools = URL(fileURLWithPath: try Child.product("keyless")).deletingLastPathComponent().path
        environment["PATH"] = "\(tools):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
        environment["TRUST"] = sandbox.trustedHostArguments.joined(separator: " ")
        for (name, contents) in script.files {
            try Data(contents.utf8).write(to: directory.appendingPathComponent(name))
        }
    }

    /// Runs the script from its first line to its last.
    static func run(_ script: Script) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("keyless-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let sandbox = try await script.world.start()
        do {
            let run = try ScriptRun(script, sandbox, directory)
            for line in script.lines { try await run.perform(line) }
            #expect(sandbox.faults.pending.isEmpty, "\(script.name): planned and never met")
            #expect(script.world.meanwhile.pending.isEmpty, "\(script.name): planned for requests that never came")
            #expect(run.terminal == nil, "\(script.name): a question is not answered")
            run.terminal?.end()
            for message in sandbox.notifications {
                let isClean = sandbox.canaries.allSatisfy { !message.body.contains($0) }
                #expect(isClean, "\(script.name): a secret is in a notification")
            }
            let webhooks = sandbox.notifications.filter { $0.operation == "webhook" }.map(\.body)
            try await run.holdAgainstSchemas(webhooks) { "\(script.name): a notification: \($0)" }
        } catch {
            Issue.record(error)
        }
        await sandbox.stop()
        try FileManager.default.removeItem(at: directory)
    }

    private func perform(_ line: Script.Line) async throws {
        var words = line.words.map { $0.isQuoted ? $0.text : expand($0.text) }.filter { !$0.isEmpty }
        let command = words.removeFirst()
        switch command {
        case "world": break
        case "env":
            for pair in words {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                environment[String(parts[0])] = String(parts.last ?? "")
            }
        case "unset": for name in words { environment[name] = nil }
        case "untrusted": isTrusting = false
        case "fault": for rule in words { sandbox.faults.add(try FaultRule(rule)) }
        case "mend": for operation in words { sandbox.faults.end(operation) }
        case "meanwhile": try plan(words)
        case "keyless": try await run(keyless(words), line)
        case "sh", "bash": try await run([command, "-c"] + words, line)
        case "python": try await run([try TestPython.path()] + words, line)
        case "agent": try await runAsAgent(words, line)
        case "terminal": try await ask(words, line)
        case "answer": try await answer(words.first ?? "", line)
        default:
            if try !Self.change(sandbox, command, words) { try check(command, words, line) }
        }
    }

    /// What somebody else does to the services.
    ///
    /// - Returns: whether that is such a word.
    private static func change(_ sandbox: Sandbox, _ command: String, _ words: [String]) throws -> Bool {
        if let word = AccountWord(rawValue: command) {
            try word.change(sandbox, words)
        } else if let word = ConnectionWord(rawValue: command) {
            try word.change(sandbox, words)
        } else {
            return false
        }
        return true
    }

    /// `meanwhile OPERATION[@N] WORD…`
    private func plan(_ words: [String]) throws {
        guard words.count > 2 else { throw TestSetupError("meanwhile takes an operation and what happens then") }
        let parts = words[0].split(separator: "@").map(String.init)
        let (command, rest) = (words[1], Array(words.dropFirst(2)))
        script.world.meanwhile.add(parts[0], passing: (parts.count > 1 ? Int(parts[1]) ?? 1 : 1) - 1) { [sandbox] in
            do {
                if try !Self.change(sandbox, command, rest) { throw TestSetupError("nobody can '\(command)'") }
            } catch {
                Issue.record(error)
            }
        }
    }

    // MARK: - Running

    private func keyless(_ words: [String]) throws -> [String] {
        guard isTrusting, let subcommand = words.first, !subcommand.hasPrefix("-") else { return ["keyless"] + words }
        return ["keyless", subcommand] + sandbox.trustedHostArguments + words.dropFirst()
    }

    private func run(_ command: [String], _ line: Script.Line) async throws {
        var command = command
        if command[0] == "keyless" { command[0] = try Child.product("keyless") }
        last = try await Child.run(
            command[0], Array(command.dropFirst()), environment: environment, directory: directory)
        expect((last.code == 0) != line.isNegated, line, "it ended with exit code \(last.code)")
        lookForSecrets(line)
        try await checkSchemas(line)
    }

    /// What is for programs is as docs/schema says: the output, and the error on the last line of stderr.
    private func checkSchemas(_ line: Script.Line) async throws {
        let words = line.words.map(\.text)
        guard words.contains("keyless"), zip(words, words.dropFirst()).contains(where: Self.asksForJSON) else { return }
        var documents = last.stdout.isEmpty ? [] : [last.out]
        if last.code != 0, words.contains("--output") {
            documents.append(last.err.split(separator: "\n").last.map(String.init) ?? "")
        }
        try await holdAgainstSchemas(documents) { problem in
            "\(script.name).txt:\(line.number): \(words.joined(separator: " ")): \(redact(problem))"
        }
    }

    private static func asksForJSON(_ option: String, _ value: String) -> Bool {
        ["--output", "--format"].contains(option) && value == "json"
    }

    private func holdAgainstSchemas(_ documents: [String], _ telling: (String) -> String) async throws {
        for document in documents {
            let result = try await Child.run(
                [try TestPython.path(), Child.consumer("json_schema.py")], input: document)
            #expect(result.code == 0, "\(telling(result.err))")
        }
    }

    private func lookForSecrets(_ line: Script.Line) {
        for canary in sandbox.canaries {
            expect(!last.err.contains(canary), line, "a secret is in stderr")
            if last.code != 0 { expect(!last.out.contains(canary), line, "a secret is in the stdout of a failure") }
        }
        // Only these have secrets to give.
        let subcommand = line.words.drop { $0.text != "keyless" }.dropFirst().first?.text
        if let subcommand, !["assume", "exec", "serve", "token"].contains(subcommand), line.words[0].text != "sh" {
            for canary in sandbox.canaries { expect(!last.out.contains(canary), line, "a secret is in stdout") }
        }
        // What the agent's own token and the OIDC tokens are for ends inside this program.
        guard !line.words.contains(where: { $0.text == "--raw" }) else { return }
        for canary in sandbox.canaries where canary == sandbox.accessToken || canary.hasPrefix("eyJ") {
            expect(!last.out.contains(canary), line, "a token is in stdout")
        }
    }

    /// Runs a command at a terminal, up to its question.
    private func ask(_ words: [String], _ line: Script.Line) async throws {
        terminal?.end()
        let command = words.first == "keyless" ? try keyless(Array(words.dropFirst())) : words
        terminal = try TerminalSession(command, environment: environment, directory: directory)
        try await show(line)
    }

    private func answer(_ text: String, _ line: Script.Line) async throws {
        guard let terminal else { throw TestSetupError("line \(line.number): nobody asked") }
        try terminal.answer(text)
        try await show(line)
    }

    /// What a person sees next. A command that asks has not failed yet.
    private func show(_ line: Script.Line) async throws {
        guard let (shown, code) = try await terminal?.next() else { return }
        if code != nil { terminal = nil }
        last = ChildResult(code: code ?? 0, stdout: Data(shown.utf8), stderr: Data())
        expect((last.code == 0) != line.isNegated, line, "it ended with exit code \(last.code): \(redact(shown))")
        for canary in sandbox.canaries { expect(!last.out.contains(canary), line, "a secret is on the terminal") }
    }

    /// Runs a command as a step of a job: its output is read by the agent's rules, its variables go into the
    /// environment of what follows, and the log must hold no secret.
    private func runAsAgent(_ words: [String], _ line: Script.Line) async throws {
        try await run(words.first == "keyless" ? keyless(Array(words.dropFirst())) : words, line)
        let log = AgentLog(output: last.out + last.err)
        expect(!log.hasFailed, line, "the agent could not carry out a command")
        for (name, value) in log.environment { environment[name] = value }
        let shown = log.lines.joined(separator: "\n")
        for canary in sandbox.canaries { expect(!shown.contains(canary), line, "a secret is in the agent's log") }
        let variables = log.variables.map { "\($0.name) \($0.isSecret ? "secret" : "plain")\n" }.joined()
        last = ChildResult(code: last.code, stdout: Data(variables.utf8), stderr: Data(shown.utf8))
    }

    // MARK: - Checking

    private func check(_ command: String, _ words: [String], _ line: Script.Line) throws {
        let first = words.first ?? ""
        let path = first.hasPrefix("/") ? first : directory.appendingPathComponent(first).path
        switch command {
        case "exit":
            expect(last.code == Int32(first), line, "the exit code is \(last.code)")
        case "stdout", "stderr":
            let text = command == "stdout" ? last.out : last.err
            let found = try text.contains(Regex(first).anchorsMatchLineEndings())
            expect(found != line.isNegated, line, "\(command) is: \(redact(text))")
        case "empty":
            expect((first == "stdout" ? last.stdout : last.stderr).isEmpty, line, "it holds something")
        case "exists":
            expect(FileManager.default.fileExists(atPath: path) != line.isNegated, line, "that is not so")
        case "mode":
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
            expect(String(mode, radix: 8) == words[1], line, "the mode is \(String(mode, radix: 8))")
        case "cmp":
            let left = first == "stdout" ? last.stdout : try Data(contentsOf: URL(fileURLWithPath: path))
            let right = try Data(contentsOf: directory.appendingPathComponent(words[1]))
            expect((left == right) != line.isNegated, line, "they \(line.isNegated ? "are the same" : "differ")")
        case "grep":
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let found = try text.contains(Regex(words[1]).anchorsMatchLineEndings())
            expect(found != line.isNegated, line, "the file is: \(redact(text))")
        case "state":
            try Data(sandbox.aws.lines.map { "\($0)\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
        case "connection-state":
            try Data(sandbox.connectionState.map { "\($0)\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
        case "notifications":
            try Data(Self.lines(sandbox.notifications).utf8).write(to: URL(fileURLWithPath: path))
        case "refusals":
            let use = sandbox.connectionUse
            expect(use.attempts > 0, line, "no key was used")
            expect(use.refusalCount == Int(first), line, "refused: \(use.refusals)")
        case "calls":
            let count = sandbox.log.count(first)
            expect(count == Int(words[1]), line, "there were \(count)")
        default:
            expect(false, line, "there is no command '\(command)'")
        }
    }

    /// A line for each: the operation and the message, its members in order.
    private static func lines(_ messages: [NotificationReceiver.Message]) -> String {
        messages.map { message in
            let object = try? JSONSerialization.jsonObject(with: Data(message.body.utf8), options: .fragmentsAllowed)
            let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]
            let data = object.flatMap { try? JSONSerialization.data(withJSONObject: $0, options: options) } ?? Data()
            return "\(message.operation) \(String(decoding: data, as: UTF8.self))\n"
        }.joined()
    }

    private func expand(_ text: String) -> String {
        var expanded = text
        for (name, value) in environment { expanded = expanded.replacingOccurrences(of: "${\(name)}", with: value) }
        return expanded
    }

    private func redact(_ text: String) -> String {
        sandbox.canaries.reduce(text) { $0.replacingOccurrences(of: $1, with: "<canary>") }
    }

    private func expect(_ condition: Bool, _ line: Script.Line, _ problem: @autoclosure () -> String) {
        let typed = (line.isNegated ? "! " : "") + line.words.map(\.text).joined(separator: " ")
        #expect(condition, "\(script.name).txt:\(line.number): \(typed): \(problem()) (stderr: \(redact(last.err)))")
    }
}
