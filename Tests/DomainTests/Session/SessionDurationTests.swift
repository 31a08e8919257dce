import Testing

@testable import Domain

@Suite struct SessionDurationTests {
    @Test(
        "seconds, minutes and hours are read",
        arguments: [
            ("900", 900), ("3600", 3600), ("43200", 43200), ("3600s", 3600), ("45m", 2700), ("1h", 3600),
            ("12h", 43200),
            ("1h30m", 5400), ("1h30m15s", 5415), ("1h15s", 3615), ("15m30", 930), ("0900", 900), ("0h15m", 900),
        ])
    func valid(text: String, seconds: Int) throws { #expect(try SessionDuration(text).seconds == seconds) }

    @Test(
        "what is no duration is refused",
        arguments: [
            "", "h", "s", "-1h", "+3600", "1.5h", "1d", "1h h", "1h1h", "30m1h", "1 h", " 3600", "3600 ", "one", "١h",
            "1H",
            "99999999999999999999", "99999999999999999999h", "9223372036854775807h", "0x10",
        ])
    func malformed(text: String) {
        #expect(throws: SessionDuration.ParseError.malformed) { try SessionDuration(text) }
    }

    @Test(
        "what STS would refuse is refused with its length",
        arguments: [
            ("90s", 90), ("0", 0), ("899", 899), ("14m59s", 899), ("43201", 43201), ("13h", 46800),
            ("9999999h", 35_999_996_400),
        ])
    func outOfRange(text: String, seconds: Int) {
        #expect(throws: SessionDuration.ParseError.outOfRange(seconds)) { try SessionDuration(text) }
        #expect(throws: SessionDuration.ParseError.outOfRange(seconds)) { try SessionDuration(seconds: seconds) }
    }
}
