package import Domain

// Values that are checked where they come from outside, written down in a test.

extension AccountID: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        guard let id = AccountID(text) else { preconditionFailure("'\(text)' is not an account id") }
        self = id
    }
}
