/// What `ListAccounts` says.
struct AccountPage: Encodable {
    let Accounts: [AccountDescription]
    let NextToken: String?
}
