/// How long a role session shall last: 900 to 43200 seconds (STS API reference, `DurationSeconds`).
///
/// The role's own maximum may be lower, and one hour is the most for a chained role; STS says so.
package struct SessionDuration: Sendable, Hashable {
    /// Why a text is no such duration.
    package enum ParseError: Error, Sendable, Equatable {
        /// It is neither a number of seconds nor hours, minutes and seconds such as `1h30m`.
        case malformed
        /// It is less than 15 minutes or more than 12 hours; the value is in seconds.
        case outOfRange(Int)
    }

    /// What STS takes, in seconds.
    package static let range = 900...43200

    /// Within ``range``.
    package let seconds: Int

    /// - Throws: ``ParseError/outOfRange(_:)``.
    package init(seconds: Int) throws(ParseError) {
        guard Self.range ~= seconds else { throw .outOfRange(seconds) }
        self.seconds = seconds
    }

    /// Reads `3600`, `90m`, `1h` or `1h30m`; a number without a unit at the end is in seconds.
    ///
    /// - Throws: ``ParseError`` where it is no duration, or one STS would refuse.
    package init(_ text: String) throws(ParseError) {
        var total = 0
        var rest = (text.last?.isNumber == true ? text + "s" : text)[...]
        // A unit may be left out, but not come twice or out of order.
        for (unit, seconds) in [("h" as Character, 3600), ("m", 60), ("s", 1)] {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard rest[digits.endIndex...].first == unit else { continue }
            // Seven digits are more than any duration has, and cannot overflow.
            guard let number = Int(digits), digits.count <= 7 else { throw .malformed }
            total += number * seconds
            rest = rest[digits.endIndex...].dropFirst()
        }
        guard rest.isEmpty, !text.isEmpty else { throw .malformed }
        try self.init(seconds: total)
    }
}
