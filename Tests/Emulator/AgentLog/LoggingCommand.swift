import Foundation

/// A logging command as the agent reads it out of a line (azure-pipelines-agent, `Command.TryParse`).
///
/// Read by code units as the agent does it, not by Swift's characters, for which `]` with an accent is no `]`.
package struct LoggingCommand: Sendable, Equatable {
    package let area: String
    package let event: String
    /// Names lower case, since the agent compares them so. Not trimmed: `; issecret=true` has the name ` issecret`.
    package let properties: [String: String]
    package let data: String

    /// - Parameters:
    ///   - line: anything; the first `##vso[` in it counts.
    ///   - unescapesPercents: whether `%AZP25` stands for a percent sign (the agent's `DECODE_PERCENTS`, on by
    ///     default).
    /// - Returns: `nil` where the line holds no command.
    package init?(_ line: String, unescapesPercents: Bool = true) {
        guard let prefix = line.range(of: "##vso[", options: .literal) else { return nil }
        let rest = line.utf8[prefix.upperBound...]
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let header = rest[..<end]
        let name = header.prefix { $0 != UInt8(ascii: " ") }
        let parts = name.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 2 else { return nil }
        (area, event) = (parts[0].lowercased(), parts[1].lowercased())

        var properties: [String: String] = [:]
        for property in header.dropFirst(name.count + 1).split(separator: UInt8(ascii: ";")) {
            // As .NET splits without empty parts: leading and doubled signs vanish.
            let isEqualSign = { (byte: UInt8) in byte == UInt8(ascii: "=") }
            let pair = property.drop(while: isEqualSign)
            let key = pair.prefix { !isEqualSign($0) }
            let value = pair[key.endIndex...].drop(while: isEqualSign)
            guard !key.isEmpty, !value.isEmpty else { continue }
            properties[String(decoding: key, as: UTF8.self).lowercased()] = Self.unescape(
                String(decoding: value, as: UTF8.self), percents: unescapesPercents)
        }
        self.properties = properties
        data = Self.unescape(
            String(decoding: rest[rest.index(after: end)...], as: UTF8.self), percents: unescapesPercents)
    }

    /// `%AZP25` last, so that what it makes is not read as an escape again.
    private static let escapes = [(";", "%3B"), ("\r", "%0D"), ("\n", "%0A"), ("]", "%5D"), ("%", "%AZP25")]

    /// The agent's escapes, undone; the case of their letters counts.
    private static func unescape(_ text: String, percents: Bool) -> String {
        escapes.dropLast(percents ? 0 : 1).reduce(text) { $0.replacingLiterally($1.1, with: $1.0) }
    }

    /// The same escapes, made.
    static func escape(_ text: String, percents: Bool) -> String {
        escapes.dropLast(percents ? 0 : 1).reversed().reduce(text) { $0.replacingLiterally($1.0, with: $1.1) }
    }

    /// A property that is true by .NET's `Boolean.TryParse`: `true` in any case of letters, never `1`.
    func isTrue(_ name: String) -> Bool {
        properties[name]?.trimmingCharacters(in: .whitespaces).lowercased() == "true"
    }
}

extension String {
    /// Replaces code unit by code unit, as .NET does.
    func replacingLiterally(_ text: String, with other: String) -> String {
        replacingOccurrences(of: text, with: other, options: .literal)
    }
}
