import Domain
import FoundationEssentials
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "are written as services write them",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_629_147_304, "2021-08-16T20:55:04Z"), (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"), (-1, "1969-12-31T23:59:59Z"),
        ])
    func text(seconds: Int, expected: String) {
        let date = Date(timeIntervalSince1970: TimeInterval(seconds))
        #expect(Timestamp(date).text == expected)
        #expect(Timestamp(expected)?.date == date)
    }

    @Test("agree with Foundation's on every day of four centuries")
    func foundation() throws {
        // A step of a day and some, so that every hour, minute and second occurs too.
        for seconds in stride(from: -2_208_988_800, to: 10_413_792_000, by: 86_400 + 3_661) {
            let date = Date(timeIntervalSince1970: TimeInterval(seconds))
            let text = date.formatted(.iso8601)
            try #require(Timestamp(date).text == text)
            try #require(Timestamp(text)?.date == date)
        }
    }

    @Test("have a compact form for signatures")
    func compact() {
        let timestamp = Timestamp(Date(timeIntervalSince1970: 1_440_938_160))
        #expect(timestamp.compactText == "20150830T123600Z")
        #expect(timestamp.compactDay == "20150830")
    }

    @Test("may have a fraction, which is dropped")
    func fraction() {
        #expect(Timestamp("2021-08-16T20:55:04.123Z")?.text == "2021-08-16T20:55:04Z")
        #expect(Timestamp(Date(timeIntervalSince1970: 0.9)).text == "1970-01-01T00:00:00Z")
    }

    @Test(
        "are not read from anything else",
        arguments: [
            "", "Z", "2021-08-16", "2021-08-16T20:55:04", "2021-08-16T20:55:04+00:00", "2021-08-16 20:55:04Z",
            "2021-13-01T00:00:00Z", "2021-02-29T00:00:00Z", "2021-04-31T00:00:00Z", "2021-08-16T24:00:00Z",
            "2021-08-16T20:60:00Z", "2021-08-16T20:55:60Z", "0000-01-01T00:00:00Z", "21-08-16T20:55:04Z",
            "2021-08-16T20:55:04ZZ", "2021-08-16T20:55:04.Z", "٢٠٢١-08-16T20:55:04Z", "2021-08-16T20:55:04.1.2Z",
        ])
    func malformed(text: String) { #expect(Timestamp(text) == nil) }
}
