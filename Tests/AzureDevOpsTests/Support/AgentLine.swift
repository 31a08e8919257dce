/// A line as the agent reads it: the rules of azure-pipelines-agent's `Command.cs` and `CommandStringConvertor.cs`
/// written out a second time, so that the sources' own idea of them is not what proves the sources.
///
/// Works on bytes: the agent does not care which signs Swift would join to one character.
struct AgentLine: Equatable {
    let area: String
    let event: String
    let properties: [String: String]
    let data: String

    /// - Parameter unescapesPercents: the agent's knob `DECODE_PERCENTS`, on unless somebody turns it off.
    /// - Returns: `nil` for a line that is no command.
    init?(_ line: String, unescapesPercents: Bool = true) {
        let bytes = Array(line.utf8)
        guard let prefix = bytes.indices.first(where: { bytes[$0...].starts(with: "##vso[".utf8) }),
            let close = bytes[prefix...].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        let header = bytes[(prefix + 6)..<close]
        let space = header.firstIndex(of: UInt8(ascii: " "))
        let names = header[..<(space ?? header.endIndex)].split(separator: UInt8(ascii: "."))
        guard names.count == 2 else { return nil }
        (area, event) = (String(decoding: names[0], as: UTF8.self), String(decoding: names[1], as: UTF8.self))

        var properties: [String: String] = [:]
        for property in (space.map { header[($0 + 1)...] } ?? []).split(separator: UInt8(ascii: ";")) {
            let pair = property.split(separator: UInt8(ascii: "="), maxSplits: 1)
            guard pair.count == 2 else { continue }
            properties[String(decoding: pair[0], as: UTF8.self).lowercased()] = Self.unescape(
                pair[1], unescapesPercents)
        }
        self.properties = properties
        data = Self.unescape(bytes[(close + 1)...], unescapesPercents)
    }

    private static func unescape(_ text: ArraySlice<UInt8>, _ percents: Bool) -> String {
        var text = Array(text)
        for (escape, sign) in [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]")] {
            text = replace(escape, with: sign, in: text)
        }
        if percents { text = replace("%AZP25", with: "%", in: text) }
        return String(decoding: text, as: UTF8.self)
    }

    private static func replace(_ old: String, with new: String, in text: [UInt8]) -> [UInt8] {
        var replaced: [UInt8] = []
        var rest = text[...]
        while let first = rest.first {
            if rest.starts(with: old.utf8) {
                replaced += new.utf8
                rest = rest.dropFirst(old.utf8.count)
            } else {
                replaced.append(first)
                rest = rest.dropFirst()
            }
        }
        return replaced
    }
}
