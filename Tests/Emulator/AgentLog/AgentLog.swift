/// What an Azure Pipelines agent makes of a step's output: the log it prints, and what the step's commands did.
///
/// The step's stdout and stderr are both read. A line with a command is not printed; every other line is, masked by the
/// secrets known at that moment and not by those that come later.
package struct AgentLog: Sendable {
    /// A variable as the step set it.
    package struct Variable: Sendable, Equatable {
        package let name: String
        package let value: String
        package let isSecret: Bool
        /// Whether other jobs see it, under `STEP.NAME`, and this job's later steps not under the plain name.
        package let isOutput: Bool
        package let isReadOnly: Bool
    }

    /// An entry of the build's summary.
    package struct Issue: Sendable, Equatable {
        /// `error` or `warning`.
        package let type: String
        /// Masked.
        package let message: String
    }

    /// By name, in the order first set.
    package private(set) var variables: [Variable] = []
    /// By `task.logissue` and by the agent itself.
    package private(set) var issues: [Issue] = []
    /// What the agent prints, masked.
    package private(set) var lines: [String] = []
    /// The result asked for by `task.complete`.
    package private(set) var result: String?
    /// Whether a command could not be carried out, which fails the step.
    package private(set) var hasFailed = false
    /// Progress in percent, as last set.
    package private(set) var progress: String?
    private var masker = SecretMasker()
    private let unescapesPercents: Bool
    private let stepName: String

    /// - Parameters:
    ///   - unescapesPercents: the agent's `DECODE_PERCENTS`.
    ///   - stepName: the name of the step, for output variables.
    package init(unescapesPercents: Bool = true, stepName: String = "step") {
        (self.unescapesPercents, self.stepName) = (unescapesPercents, stepName)
    }

    /// Reads a whole output at once.
    package init(output: String, unescapesPercents: Bool = true) {
        self.init(unescapesPercents: unescapesPercents)
        var lines = output.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            read(String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self))
        }
    }

    /// Everything that is masked from here on, in every form.
    package var masks: Set<String> { masker.values }

    /// A text as the log would show it from here on.
    package func masked(_ text: String) -> String { masker.mask(text) }

    /// What the next steps find in their environment: variables that are neither secret nor outputs, by the agent's
    /// spelling of their names.
    package var environment: [String: String] {
        let exported = variables.filter { !$0.isSecret && !$0.isOutput }
        return Dictionary(exported.map { (Self.environmentName($0.name), $0.value) }) { $1 }
    }

    /// The variable of that name, in any case of letters.
    package func variable(_ name: String) -> Variable? {
        variables.last { $0.name.lowercased() == name.lowercased() }
    }

    /// Reads one more line, without its end.
    ///
    /// - Returns: what the agent prints for it, masked; empty for a command that says nothing.
    @discardableResult
    package mutating func read(_ line: String) -> [String] {
        let printed = lines.count
        if let command = LoggingCommand(line, unescapesPercents: unescapesPercents) {
            run(command, line: line)
        } else {
            if line.contains("##vso") {
                warn(
                    "'\(line)' contains logging command keyword '##vso', but it's not a legal command. Please see the "
                        + "list of accepted commands: https://go.microsoft.com/fwlink/?LinkId=817296")
            }
            log(line)
        }
        return Array(lines[printed...])
    }

    private mutating func run(_ command: LoggingCommand, line: String) {
        guard command.area == "task" else {
            if !Self.otherAreas.contains(command.area) {
                warn("Can't find command extension for ##vso[\(command.area).command].")
            }
            return
        }
        switch command.event {
        case "setvariable": setVariable(command, line: line)
        case "setsecret":
            masker.add(command.data)
            masker.add(LoggingCommand.escape(command.data, percents: unescapesPercents))
        case "logissue", "issue": logIssue(command, line: line)
        case "complete":
            guard let result = command.properties["result"], Self.results.contains(result) else { return fail(line) }
            self.result = result
        case "setprogress":
            guard let value = command.properties["value"].flatMap({ Int($0) }), 0...100 ~= value else {
                return fail(line)
            }
            progress = String(value)
        case "debug": break
        case "uploadsummary", "uploadfile", "prependpath", "addattachment", "setendpoint", "settaskvariable",
            "logdetail",
            "settaskreference":
            if command.data.isEmpty { fail(line) }
        default: fail(line)
        }
    }

    private mutating func setVariable(_ command: LoggingCommand, line: String) {
        guard let name = command.properties["variable"], !name.isEmpty else { return fail(line) }
        let known = variable(name)
        if known?.isReadOnly == true {
            warn("Overwriting readonly variable '\(name)'. This behavior will be disabled in the future.")
        }
        // Once a secret, always one.
        let isSecret = command.isTrue("issecret") || known?.isSecret == true
        if isSecret {
            // Where this fails, the value has not reached the masker, and the line is printed.
            if command.data.utf8.contains(UInt8(ascii: "\n")) { return fail(line) }
            masker.add(LoggingCommand.escape(command.data, percents: unescapesPercents))
            masker.add(command.data)
        }
        let isOutput = command.isTrue("isoutput")
        let variable = Variable(
            name: isOutput ? "\(stepName).\(name)" : name, value: command.data, isSecret: isSecret, isOutput: isOutput,
            isReadOnly: command.isTrue("isreadonly") || isOutput)
        if let index = variables.firstIndex(where: { $0.name.lowercased() == variable.name.lowercased() }) {
            variables[index] = variable
        } else {
            variables.append(variable)
        }
    }

    private mutating func logIssue(_ command: LoggingCommand, line: String) {
        guard let type = command.properties["type"]?.lowercased(), ["error", "warning"].contains(type) else {
            return fail(line)
        }
        let message = masker.mask(command.data)
        issues.append(Issue(type: type, message: message))
        log("##[\(type)]\(command.data)")
    }

    private mutating func fail(_ line: String) {
        hasFailed = true
        let message =
            "Unable to process command '\(line)' successfully. Please reference documentation "
            + "(http://go.microsoft.com/fwlink/?LinkId=817296)"
        issues.append(Issue(type: "error", message: masker.mask(message)))
        log("##[error]\(message)")
    }

    private mutating func warn(_ message: String) {
        issues.append(Issue(type: "warning", message: masker.mask(message)))
        log("##[warning]\(message)")
    }

    private mutating func log(_ line: String) { lines.append(masker.mask(line)) }

    /// How a variable's name becomes an environment variable's.
    private static func environmentName(_ name: String) -> String {
        name.uppercased().replacingLiterally(".", with: "_").replacingLiterally(" ", with: "_")
    }

    private static let otherAreas: Set = [
        "artifact", "build", "codecoverage", "plugininternal", "release", "results", "telemetry",
    ]
    private static let results: Set = [
        "Succeeded", "SucceededWithIssues", "Failed", "Canceled", "Skipped", "Abandoned",
    ]
}
