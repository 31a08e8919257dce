import FoundationEssentials

/// A date as policies have it: seconds since 1970, or one of the forms of W3C's profile of ISO 8601.
enum ConditionDate {
    /// Seconds since 1970; `nil` where the text is no date.
    static func seconds(_ text: String) -> Double? {
        if text.isASCIIDigits, text.utf8.count <= 15,
            text.utf8.count != 4
        {
            return Double(text)
        }
        let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let day = numbers(halves[0], separator: "-", lengths: [4, 2, 2]) else { return nil }
        guard halves.count == 2 else { return seconds(day, time: []) }
        guard day.count == 3, let (clock, offset) = zone(halves[1]) else { return nil }
        let parts = clock.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let time = numbers(parts[0], separator: ":", lengths: [2, 2, 2]), time.count >= 2,
            let whole = seconds(day, time: time)
        else { return nil }
        guard parts.count == 2 else { return whole - offset }
        guard time.count == 3, parts[1].isASCIIDigits,
            let fraction = Double("0.\(parts[1])")
        else { return nil }
        return whole + fraction - offset
    }

    private static func seconds(_ day: [Int], time: [Int]) -> Double? {
        func part(_ parts: [Int], _ index: Int, _ other: Int) -> Int { index < parts.count ? parts[index] : other }
        return Timestamp(
            year: part(day, 0, 1), month: part(day, 1, 1), day: part(day, 2, 1), hour: part(time, 0, 0),
            minute: part(time, 1, 0), second: part(time, 2, 0))?.date.timeIntervalSince1970
    }

    /// Splits `01:00:00+01:00` into the time and the seconds that its zone is ahead.
    private static func zone(_ text: Substring) -> (clock: Substring, offset: Double)? {
        if text.last == "Z" { return (text.dropLast(), 0) }
        guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }),
            let parts = numbers(text[text.index(after: sign)...], separator: ":", lengths: [2, 2]), parts.count == 2
        else { return nil }
        let offset = Double(parts[0] * 3600 + parts[1] * 60)
        return (text[..<sign], text[sign] == "-" ? -offset : offset)
    }

    /// Numbers of these many digits; the last ones may be missing.
    private static func numbers(_ text: Substring, separator: Character, lengths: [Int]) -> [Int]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count <= lengths.count, parts.map(\.utf8.count) == Array(lengths.prefix(parts.count)) else {
            return nil
        }
        let numbers = parts.compactMap { part in part.isASCIIDigits ? Int(part) : nil }
        return numbers.count == parts.count ? numbers : nil
    }
}
