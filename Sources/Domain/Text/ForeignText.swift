/// Text that somebody else wrote: a service's message, a claim, a branch name.
///
/// The agent reads logging commands from whatever a step prints, so such text is printed only after ``clean(_:limit:)``.
package enum ForeignText {
    /// Without control characters, line ends included, and without anything the agent would read as a command
    /// (`##vso[…`, `##[…`, in any case of letters), cut to `limit` characters.
    package static func clean(_ text: String, limit: Int = 1000) -> String {
        var cleaned = String(text.unicodeScalars.map { isControl($0) ? " " : Character($0) }.prefix(limit * 2))
        // Taking one marker out can join the halves of another, so look again until none is left.
        while let marker = firstMarker(in: cleaned) { cleaned.removeSubrange(marker) }
        return cleaned.count > limit ? cleaned.prefix(limit) + "…" : cleaned
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // `format` holds the bidirectional overrides, which can make a line read as another one.
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func firstMarker(in text: String) -> Range<String.Index>? {
        var start = text.startIndex
        while let hashes = text[start...].firstRange(of: "##") {
            let rest = text[hashes.upperBound...]
            if rest.hasPrefix("[") { return hashes.lowerBound..<text.index(after: hashes.upperBound) }
            if rest.prefix(4).lowercased() == "vso[" {
                return hashes.lowerBound..<text.index(hashes.upperBound, offsetBy: 4)
            }
            start = text.index(after: hashes.lowerBound)
        }
        return nil
    }
}
