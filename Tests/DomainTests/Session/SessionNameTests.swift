import Testing

@testable import Domain

@Suite struct SessionNameTests {
    @Test(
        "what STS allows is a session name",
        arguments: ["ab", "azp-build-17", "a_+=,.@-Z9", String(repeating: "a", count: 64)])
    func valid(text: String) throws { #expect(try SessionName(validating: text).text == text) }

    @Test(
        "what STS refuses is none, and the reason is said",
        arguments: [
            ("", SessionName.ValidationError.length(0)), ("a", .length(1)),
            (String(repeating: "a", count: 65), .length(65)),
            ("a b", .character(" ")), ("Session1:2", .character(":")), ("a/b", .character("/")),
            ("ü-1", .character("ü")),
            ("ab\n", .character("\n")), ("😀😀", .character("😀")),
        ])
    func invalid(text: String, error: SessionName.ValidationError) {
        #expect(throws: error) { try SessionName(validating: text) }
    }

    @Test(
        "any text can be made one",
        arguments: [
            ("azp-Deploy to prod-17", "azp-Deploy-to-prod-17"), ("a/b\\c:d", "a-b-c-d"), ("Größe", "Gr--e"),
            ("ab", "ab"), ("a", "a-"),
            ("", "--"), ("😀", "--"), ("\r\n", "--"), ("##vso[task]", "--vso-task-"),
        ])
    func legalised(text: String, name: String) throws {
        let legal = SessionName.legalised(text)
        #expect(legal.text == name)
        #expect(try SessionName(validating: legal.text) == legal)
    }

    @Test("a text too long is cut before its suffix")
    func cutting() {
        let long = String(repeating: "x", count: 100)
        #expect(SessionName.legalised(long).text == String(repeating: "x", count: 64))
        #expect(SessionName.legalised(long, suffix: "-12 345").text == String(repeating: "x", count: 57) + "-12-345")
        #expect(SessionName.legalised("short", suffix: "-1").text == "short-1")
        #expect(SessionName.legalised("a", suffix: long).text == String(repeating: "x", count: 64))
    }
}
