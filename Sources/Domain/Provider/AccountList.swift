import FoundationEssentials

/// Accounts in the JSON of `ListAccounts`, as the service answers and as `aws organizations list-accounts` prints.
package struct AccountList: Sendable {
    package let accounts: [MemberAccount]
    /// What to ask the next page with.
    package let nextToken: String?

    /// - Returns: `nil` where the text is no such JSON, or an account in it has no id.
    package init?(_ json: Secret) {
        guard let list = json.withExposedBytes({ try? JSONDecoder().decode(Answer.self, from: Data($0)) }),
            list.Accounts.allSatisfy({ MemberAccount.isID($0.Id) })
        else { return nil }
        accounts = list.Accounts.map { MemberAccount(id: $0.Id, name: $0.Name, status: $0.Status) }
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
