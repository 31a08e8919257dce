import FoundationEssentials

/// The id of an AWS account: 12 digits.
package struct AccountID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The 12 digits.
    package let text: String

    /// - Returns: `nil` if the text is not 12 digits.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 12, text.isASCIIDigits else { return nil }
        self.text = String(text)
    }

    /// The 12 digits.
    package var description: String { text }

    package static func < (left: AccountID, right: AccountID) -> Bool { left.text < right.text }
}

/// An AWS account of an organisation.
package struct MemberAccount: Sendable, Equatable {
    package let id: AccountID
    /// As its owner calls it. Foreign text.
    package let name: String?
    /// `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`; `nil` where nobody said.
    package let status: String?

    package init(id: AccountID, name: String? = nil, status: String? = nil) {
        (self.id, self.name, self.status) = (id, name, status)
    }

    /// Whether anything can be done in it.
    package var isActive: Bool { status == nil || status == "ACTIVE" }
}

/// Accounts in the JSON of `ListAccounts`, as the service answers and as `aws organizations list-accounts` prints.
package struct AccountList: Sendable {
    package let accounts: [MemberAccount]
    /// What to ask the next page with.
    package let nextToken: String?

    /// - Returns: `nil` where the text is no such JSON, or an account in it has no id.
    package init?(_ json: Secret) {
        guard let list = json.withExposedBytes({ try? JSONDecoder().decode(Answer.self, from: Data($0)) }) else {
            return nil
        }
        accounts = list.Accounts.compactMap { account in
            AccountID(account.Id).map { MemberAccount(id: $0, name: account.Name, status: account.Status) }
        }
        guard accounts.count == list.Accounts.count else { return nil }
        nextToken = list.NextToken
    }

    // The members' names are the service's.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    private struct Answer: Decodable {
        struct Account: Decodable {
            let Id: String
            let Name: String?
            let Status: String?
        }
        let Accounts: [Account]
        let NextToken: String?
    }
}
