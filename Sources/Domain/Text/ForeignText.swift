/// Text that somebody else wrote: a service's message, a claim, a branch name.
///
/// The agent reads logging commands from whatever a step prints, so such text is printed only after ``clean(_:limit:)``
/// or ``cleanJSON(_:)``. Both look at Unicode scalars: where Swift sees one character, a sign with its accents, the
/// agent may see the beginning of a command.
package enum ForeignText {
    /// Without control characters, line ends included, and without anything the agent would read as a command
    /// (`##vso[…`, `##[…`, in any case of letters), cut to `limit` characters.
    package static func clean(_ text: String, limit: Int = 1000) -> String {
        var scalars = text.unicodeScalars.prefix(limit * 2).map { isUnprintable($0) ? " " : $0 }
        // Taking one marker out can join the halves of another, so look again until none is left.
        while let marker = firstMarker(in: scalars) { scalars.removeSubrange(marker) }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        let cleaned = String(view)
        return cleaned.count > limit ? cleaned.prefix(limit) + "…" : cleaned
    }

    /// The same JSON with everything ``clean(_:limit:)`` takes out written as `\u` escapes: a program reads the exact
    /// values, and neither the agent nor a terminal reads anything in them.
    package static func cleanJSON(_ json: String) -> String {
        var cleaned = ""
        var previous: Unicode.Scalar = " "
        for scalar in json.unicodeScalars {
            // Only inside a string do these occur, where an escape means the same. White space is for the layout.
            if scalar == "#" && previous == "#" || isUnprintable(scalar) && scalar.value >= 0x7F {
                for unit in scalar.utf16 { cleaned += "\\u" + Hex.encode([UInt8(unit >> 8), UInt8(unit & 0xFF)]) }
            } else {
                cleaned.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return cleaned
    }

    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // `format` holds the bidirectional overrides, which can make a line read as another one.
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        // The agent compares as people read: what cannot be seen could hide a marker from us and not from it.
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func firstMarker(in text: [Unicode.Scalar]) -> Range<Int>? {
        let hashes: [Unicode.Scalar] = ["#", "#"]
        for start in text.indices where text[start...].starts(with: hashes) {
            let rest = text[(start + hashes.count)...]
            if rest.first == "[" { return start..<start + 3 }
            if rest.count >= 4, rest.prefix(4).elementsEqual("vso[".unicodeScalars, by: isSameLetter) {
                return start..<start + 6
            }
        }
        return nil
    }

    private static func isSameLetter(_ scalar: Unicode.Scalar, _ lowerCase: Unicode.Scalar) -> Bool {
        scalar == lowerCase || scalar.properties.lowercaseMapping == String(lowerCase)
    }
}
