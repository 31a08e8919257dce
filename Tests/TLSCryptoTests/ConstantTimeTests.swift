import Domain
import Testing

@testable import TLSCrypto

@Suite struct ConstantTimeTests {
    @Test(
        "only the same bytes are equal",
        arguments: [
            ("", "", true), ("a", "a", true), ("token", "token", true), ("token", "tokeN", false),
            ("token", "Token", false), ("token", "toke", false), ("token", "token ", false), ("", "a", false),
        ])
    func comparison(left: String, right: String, equal: Bool) {
        #expect(ConstantTime.equal(Secret(left), Secret(right)) == equal)
        #expect(ConstantTime.equal(Secret(right), Secret(left)) == equal)
    }
}
