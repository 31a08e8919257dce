import Domain
import Testing

@Suite("A thumbprint")
struct ThumbprintTests {
    @Test(
        "is 40 hexadecimal digits, in lower case",
        arguments: [
            ("1e3430d24ff9281d3a2c385bae6ea41edacf197d", "1e3430d24ff9281d3a2c385bae6ea41edacf197d"),
            ("1E3430D24FF9281D3A2C385BAE6EA41EDACF197D", "1e3430d24ff9281d3a2c385bae6ea41edacf197d"),
            ("0000000000000000000000000000000000000000", "0000000000000000000000000000000000000000"),
        ])
    func digits(text: String, expected: String) throws {
        let thumbprint = try #require(Thumbprint(text))
        #expect(thumbprint.text == expected)
        #expect("\(thumbprint)" == expected)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "1e3430d24ff9281d3a2c385bae6ea41edacf197", "1e3430d24ff9281d3a2c385bae6ea41edacf197d0",
            "1e3430d24ff9281d3a2c385bae6ea41edacf197g", "1e3430d24ff9281d3a2c385bae6ea41edacf197\n",
            "1E:34:30:D2:4F:F9:28:1D:3A:2C:38:5B:AE:6", "1e3430d24ff9281d3a2c385bae6ea41edacf19é",
            "１e3430d24ff9281d3a2c385bae6ea41edacf1", "!e3430d24ff9281d3a2c385bae6ea41edacf197d",
        ])
    func others(text: String) { #expect(Thumbprint(text) == nil) }
}
