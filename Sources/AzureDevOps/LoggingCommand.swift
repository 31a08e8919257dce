package import Domain

/// A line that the agent takes for a command: `##vso[area.event key=value;]data`.
///
/// Source: azure-pipelines-agent, `Command.cs` and `CommandStringConvertor.cs`.
package struct LoggingCommand: Sendable {
    /// Why a value cannot be given to the agent.
    package enum Failure: Error, Equatable, Sendable {
        /// A secret with a line end: the agent would refuse the command and print the whole line.
        case lineEnd(variable: String)
    }

    private let event: String
    private let properties: [(name: String, value: String)]
    private let data: Secret

    private init(_ event: String, _ properties: [(name: String, value: String)], data: Secret) {
        (self.event, self.properties, self.data) = (event, properties, data)
    }

    /// Masks the value in everything the agent prints from then on.
    ///
    /// - Throws: ``Failure`` for a value with a line end.
    package static func setSecret(_ value: Secret, named name: String) throws(Failure) -> LoggingCommand {
        try refuseLineEnds(value, name)
        return LoggingCommand("task.setsecret", [], data: value)
    }

    /// Sets a variable for the steps that follow.
    ///
    /// - Parameter isSecret: whether it is a secret variable, which a step has only where it maps it.
    /// - Throws: ``Failure`` for a value with a line end.
    package static func setVariable(
        _ name: String, to value: Secret, isSecret: Bool = false
    ) throws(Failure) -> LoggingCommand {
        try refuseLineEnds(value, name)
        let properties = [("variable", name)] + (isSecret ? [("issecret", "true")] : [])
        return LoggingCommand("task.setvariable", properties, data: value)
    }

    /// Shows a message on the run's summary page.
    ///
    /// - Parameter type: `error` or `warning`.
    package static func logIssue(_ type: String, _ message: String) -> LoggingCommand {
        LoggingCommand("task.logissue", [("type", type)], data: Secret(message))
    }

    /// Moves the step's progress bar.
    ///
    /// - Parameters:
    ///   - percent: from 0 to 100.
    ///   - operation: what is being done, shown beside it.
    package static func setProgress(_ percent: Int, _ operation: String) -> LoggingCommand {
        LoggingCommand("task.setprogress", [("value", String(min(max(percent, 0), 100)))], data: Secret(operation))
    }

    /// The line, without its end. A secret, since its data may be one.
    package func render() -> Secret {
        let properties = properties.map { "\($0.name)=\(Self.escape(Secret($0.value)).exposedText);" }.joined()
        return "##vso[\(event)\(properties.isEmpty ? "" : " ")\(properties)]\(Self.escape(data))"
    }

    private static func refuseLineEnds(_ value: Secret, _ name: String) throws(Failure) {
        if value.contains(where: { $0 == 0x0A || $0 == 0x0D }) { throw .lineEnd(variable: name) }
    }

    /// What the agent undoes, in properties and in data alike. A percent sign by itself would survive unescaped, but
    /// not one that happens to stand before `3B` or `0A`.
    private static func escape(_ value: Secret) -> Secret {
        Secret(
            bytes: value.withExposedBytes { bytes in
                var escaped: [UInt8] = []
                escaped.reserveCapacity(bytes.count * 6)
                for byte in bytes {
                    switch byte {
                    case UInt8(ascii: "%"): escaped += "%AZP25".utf8
                    case UInt8(ascii: ";"): escaped += "%3B".utf8
                    case UInt8(ascii: "\r"): escaped += "%0D".utf8
                    case UInt8(ascii: "\n"): escaped += "%0A".utf8
                    case UInt8(ascii: "]"): escaped += "%5D".utf8
                    default: escaped.append(byte)
                    }
                }
                return escaped
            })
    }
}
