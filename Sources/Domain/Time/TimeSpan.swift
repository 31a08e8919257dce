/// A length of time as people type it: `90`, `90s`, `5m`, `1h`, `7d`, `500ms`; at most a million days, which leaves the
/// end of it a date of four digits.
package struct TimeSpan: Sendable {
    package let duration: Duration

    package init(_ duration: Duration) { self.duration = duration }

    /// - Returns: `nil` if the text is no time, or no time at all.
    package init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number < 1_000_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "", "s": duration = .seconds(number)
        case "ms": duration = .milliseconds(number)
        case "m": duration = .seconds(number * 60)
        case "h": duration = .seconds(number * 3600)
        case "d": duration = .seconds(number * 86_400)
        default: return nil
        }
        guard duration > .zero, duration <= .seconds(1_000_000 * 86_400) else { return nil }
    }
}
