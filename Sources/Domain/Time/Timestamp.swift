package import FoundationEssentials

/// A moment in UTC, to the second, as services write it (RFC 3339).
///
/// Foundation's own styles set up a calendar and a time zone first, which takes longer than a request on a good
/// network. This is arithmetic: the Gregorian calendar in eras of 400 years.
package struct Timestamp: Sendable, Hashable {
    private let year: Int
    private let month: Int
    private let day: Int
    /// Since midnight.
    private let second: Int

    private static let secondsPerDay = 86_400
    private static let daysPerEra = 146_097
    /// From 1 March of the year 0, where eras begin, to 1 January 1970.
    private static let daysToEpoch = 719_468

    /// The moment, without its fraction of a second.
    package init(_ date: Date) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let days = seconds.floored(by: Self.secondsPerDay) + Self.daysToEpoch
        let era = days.floored(by: Self.daysPerEra)
        let dayOfEra = days - era * Self.daysPerEra
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        // Years begin in March here, so that the leap day is the last day of one.
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        second = seconds - seconds.floored(by: Self.secondsPerDay) * Self.secondsPerDay
    }

    /// - Returns: `nil` where there is no such moment; leap seconds are none.
    package init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0..<24).contains(hour),
            (0..<60).contains(minute), (0..<60).contains(second)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        self.second = (hour * 60 + minute) * 60 + second
        // 31 April comes back as 1 May.
        guard Timestamp(date) == self else { return nil }
    }

    /// Reads `2021-08-17T20:55:04Z`, with or without a fraction of a second, which is dropped.
    ///
    /// - Returns: `nil` for any other text, other time zones included.
    package init?(_ text: String) {
        let parts = text.split(whereSeparator: { "-:TZ.".contains($0) })
        let numbers = parts.compactMap { part in part.allSatisfy(\.isNumber) ? Int(part) : nil }
        guard numbers.count == parts.count, parts.prefix(6).map(\.utf8.count) == [4, 2, 2, 2, 2, 2] else { return nil }
        self.init(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
            second: numbers[5])
        let fraction = parts.count == 7 ? ".\(parts[6])" : ""
        guard text == "\(localText)\(fraction)Z" else { return nil }
    }

    /// The moment as Foundation has it.
    package var date: Date {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.floored(by: 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * Self.daysPerEra + dayOfEra - Self.daysToEpoch
        return Date(timeIntervalSince1970: TimeInterval(days * Self.secondsPerDay + second))
    }

    /// `2021-08-17T20:55:04`, to which a zone is added.
    package var localText: String {
        "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(time(separator: ":"))"
    }

    /// `2021-08-17T20:55:04Z`
    package var text: String { localText + "Z" }

    /// `20210817T205504Z`, as Signature Version 4 has it.
    package var compactText: String { "\(compactDay)T\(time(separator: ""))Z" }

    /// `20210817`
    package var compactDay: String { padded(year, 4) + padded(month) + padded(day) }

    private func time(separator: String) -> String {
        [second / 3_600, second / 60 % 60, second % 60].map { padded($0) }.joined(separator: separator)
    }

    private func padded(_ number: Int, _ digits: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

extension Int {
    /// Division towards minus infinity, where `/` goes towards zero.
    fileprivate func floored(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
