import AWS
import Domain

/// Accounts to work on, as they become known: AWS Organizations lists a thousand of them in fifty answers.
actor AccountFeed {
    private let administrator: Administrator
    private var ready: ArraySlice<MemberAccount>
    private var token: String?
    private var isListed: Bool
    /// How many were passed over because nothing can be done in them.
    private(set) var inactiveCount = 0
    /// Why the list breaks off, where it does: ``SetupFailure``, or ``ErrorReport`` where the partition has no such
    /// endpoint.
    private(set) var failure: (any Error)?

    /// - Parameters:
    ///   - isWholeOrganization: whether the accounts that AWS Organizations lists come after those named.
    ///   - role: what lets into other accounts than the administrator's own.
    /// - Throws: ``ErrorReport`` where there is no way into an account that is named.
    init(
        _ named: [MemberAccount], _ administrator: Administrator, isWholeOrganization: Bool, role: String?
    ) throws(ErrorReport) {
        // Before the first of them is changed.
        let others = named.filter { $0.isActive && $0.id != administrator.home.id }
        if role == nil, isWholeOrganization || !others.isEmpty {
            let place = others.first.map { "account \($0.id)" } ?? "the organisation's accounts"
            throw ErrorReport(
                .usage, "there is no way into \(place): the credentials are of \(administrator.home.id)",
                hints: ["name the role to assume there: --account-role OrganizationAccountAccessRole"])
        }
        (ready, self.administrator) = (named[...], administrator)
        isListed = !isWholeOrganization
    }

    /// The next active account; `nil` after the last one, and where the list breaks off.
    func next() async -> MemberAccount? {
        while true {
            if let account = ready.popFirst() {
                guard account.isActive else {
                    inactiveCount += 1
                    continue
                }
                return account
            }
            if isListed { return nil }
            do {
                try await list()
            } catch {
                (failure, isListed) = (error, true)
            }
        }
    }

    private func list() async throws {
        // A page has the whole time for itself: what is before it is the work on the accounts of the last one.
        let organizations = try administrator.organizations()
        do throws(AWSError) {
            let page = try await organizations.accounts(after: token)
            ready = page.accounts[...]
            // A service that never ends its list would keep us for ever.
            isListed = page.nextToken == nil || page.nextToken == token
            token = page.nextToken
        } catch {
            throw SetupFailure(
                action: "organizations:ListAccounts", resource: "*", caller: administrator.home.caller, cause: error)
        }
    }
}
