/// The lines of a shared config or credentials file while they are changed.
struct SharedFileDocument {
    /// A key, and the value it is to have; without a value it is to go.
    typealias Property = (key: String, value: Secret?)

    private let kind: ProfileDocument.Kind
    private let mark: [UInt8]
    private(set) var lines: [SharedFileLine]
    /// What new lines end with: what the first one does.
    private let lineEnd: String

    init(_ bytes: [UInt8], _ kind: ProfileDocument.Kind) {
        self.kind = kind
        mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[..<3]) : []
        lines = SharedFileLine.lines(of: bytes[mark.count...], in: kind)
        lineEnd = lines.first?.lineEnd == "\r\n" ? "\r\n" : "\n"
    }

    /// The whole file.
    var bytes: [UInt8] {
        var bytes = mark
        bytes.reserveCapacity(lines.reduce(mark.count) { $0 + $1.text.count + 2 })
        for (index, line) in lines.enumerated() {
            line.text.withExposedBytes { bytes += $0 }
            // The last line may have had no end; now there may be another one behind it.
            bytes += (line.lineEnd.isEmpty && index < lines.count - 1 ? lineEnd : line.lineEnd).utf8
        }
        return bytes
    }

    /// Gives the profile these properties, in its first section or in a new one.
    mutating func set(_ properties: [Property], of profile: String) {
        let target = lines.first { $0.profile == profile && $0.kind == .header(isExact: true) }?.section
        let missing = replace(properties, of: profile, in: target)
        if let target {
            removeEmptySections(of: profile, but: target)
            append(missing, to: target)
        } else {
            removeEmptySections(of: profile, but: nil)
            append(missing, toNewSectionOf: profile)
        }
    }

    /// Replaces what the target section has, removes all else with these keys from the profile: repetitions, other
    /// sections' and continuations.
    ///
    /// - Returns: what the section lacks.
    private mutating func replace(_ properties: [Property], of profile: String, in target: Int?) -> [Property] {
        let keys = Set(properties.map(\.key))
        var missing = properties.filter { $0.value != nil }
        lines = lines.compactMap { line in
            guard line.profile == profile, let key = line.key, keys.contains(key) else { return line }
            guard line.section == target, let index = missing.firstIndex(where: { $0.key == key }),
                let value = missing.remove(at: index).value
            else { return nil }
            return line.replacingValue(key: key, value)
        }
        return missing
    }

    /// botocore refuses a file that has a section twice, so one with nothing left in it does not stay.
    private mutating func removeEmptySections(of profile: String, but target: Int?) {
        let filled = Set(lines.lazy.filter { $0.kind == .property }.map(\.section))
        lines.removeAll {
            $0.profile == profile && $0.isHeader && $0.section != target && !filled.contains($0.section)
        }
    }

    /// Adds lines behind the section's last property rather than its last line: comments below belong to what follows.
    private mutating func append(_ properties: [Property], to section: Int) {
        guard let last = lines.lastIndex(where: { $0.section == section && $0.kind != .other }) else { return }
        lines.insert(contentsOf: newLines(properties, of: lines[last].profile, in: section), at: last + 1)
    }

    private mutating func append(_ properties: [Property], toNewSectionOf profile: String) {
        let section = (lines.last?.section ?? 0) + 1
        if let last = lines.last, !last.isBlank {
            lines.append(newLine(.other, of: last.profile, in: last.section, key: nil, ""))
        }
        let header = newLine(.header(isExact: true), of: profile, in: section, key: nil, headerText(of: profile))
        lines += [header] + newLines(properties, of: profile, in: section)
    }

    private func headerText(of profile: String) -> Secret {
        kind == .credentials || profile == "default" ? "[\(profile)]" : "[profile \(profile)]"
    }

    private func newLines(
        _ properties: [Property], of profile: String?, in section: Int
    ) -> [SharedFileLine] {
        properties.compactMap { property in
            property.value.map {
                newLine(.property, of: profile, in: section, key: property.key, "\(property.key) = \($0)")
            }
        }
    }

    private func newLine(
        _ kind: SharedFileLine.Kind, of profile: String?, in section: Int, key: String?, _ text: Secret
    ) -> SharedFileLine {
        SharedFileLine(kind: kind, profile: profile, section: section, key: key, text: text, lineEnd: lineEnd)
    }
}
