import Domain
import Testing

@Suite("The nearest name")
struct NearestNameTests {
    private let names = ["userName", "secretId", "serviceConnection", "profile", "project", "region", "grace"]

    @Test(
        "is what was meant",
        arguments: [
            ("userNam", "userName"), ("username", "userName"), ("user_name", "userName"), ("user", nil),
            ("secretID", "secretId"), ("secret-id", "secretId"), ("ServiceConection", "serviceConnection"),
            ("profiel", "profile"), ("porject", "project"), ("grcae", "grace"), ("x", nil), ("", nil), ("-", nil),
            ("somethingElse", nil), (String(repeating: "a", count: 100_000), nil),
        ] as [(String, String?)])
    func nearest(typed: String, expected: String?) {
        #expect(NearestName.of(typed, among: names) == expected)
    }

    @Test("is none among none") func none() { #expect(NearestName.of("a", among: []) == nil) }
}
