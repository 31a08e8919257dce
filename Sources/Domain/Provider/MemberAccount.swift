/// An AWS account of an organisation.
package struct MemberAccount: Sendable, Equatable {
    /// 12 digits.
    package let id: String
    /// As its owner calls it. Foreign text.
    package let name: String?
    /// `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`; `nil` where nobody said.
    package let status: String?

    package init(id: String, name: String? = nil, status: String? = nil) {
        (self.id, self.name, self.status) = (id, name, status)
    }

    /// Whether anything can be done in it.
    package var isActive: Bool { status == nil || status == "ACTIVE" }

    /// Whether the text is an account's id: 12 digits.
    package static func isID(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }
}
