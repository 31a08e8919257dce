import AWS
import Domain

/// Accounts to work on, as they become known: AWS Organizations lists a thousand of them in fifty answers.
actor AccountFeed {
    private let home: AccountSession
    private let role: String?
    private let organizations: OrganizationsClient?
    private var ready: ArraySlice<MemberAccount>
    private var token: String?
    private var isListed: Bool
    /// How many were passed over because nothing can be done in them.
    private(set) var inactiveCount = 0

    /// - Parameters:
    ///   - organizations: whose accounts come after those named; `nil` for none.
    ///   - role: what lets into other accounts than `home`.
    init(_ named: [MemberAccount], home: AccountSession, organizations: OrganizationsClient?, role: String?) {
        (ready, self.home, self.organizations, self.role) = (named[...], home, organizations, role)
        isListed = organizations == nil
    }

    /// The next active account; `nil` after the last one.
    ///
    /// - Throws: ``SetupFailure``, ``ErrorReport`` where there is no way into an account.
    func next() async throws -> MemberAccount? {
        while true {
            if let account = ready.popFirst() {
                guard account.isActive else {
                    inactiveCount += 1
                    continue
                }
                guard role != nil || account.id == home.id else { throw noWay(into: account) }
                return account
            }
            guard !isListed, let organizations else { return nil }
            try await list(organizations)
        }
    }

    private func list(_ organizations: OrganizationsClient) async throws(SetupFailure) {
        do throws(AWSError) {
            let page = try await organizations.accounts(after: token)
            ready = page.accounts[...]
            // A service that never ends its list would keep us for ever.
            isListed = page.nextToken == nil || page.nextToken == token
            token = page.nextToken
        } catch {
            throw SetupFailure(action: "organizations:ListAccounts", resource: "*", caller: home.caller, cause: error)
        }
    }

    private func noWay(into account: MemberAccount) -> ErrorReport {
        ErrorReport(
            .usage, "there is no way into account \(account.id): the credentials are of \(home.id)",
            hints: ["name the role to assume there: --account-role OrganizationAccountAccessRole"])
    }
}
