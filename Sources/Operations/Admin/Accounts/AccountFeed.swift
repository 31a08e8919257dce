import AWS
import Domain

/// Accounts to work on, as they become known: AWS Organizations lists a thousand of them in fifty answers.
actor AccountFeed {
    private let administrator: Administrator
    private var ready: ArraySlice<MemberAccount>
    private var isListed: Bool
    /// Whoever waits for the next page.
    private var waiter: CheckedContinuation<Void, Never>?
    /// How many were passed over because nothing can be done in them.
    private(set) var inactiveCount = 0
    /// Why the list breaks off, where it does: ``AWSError``, or ``ErrorReport`` where the partition has no such
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
        if role == nil, let other = others.first {
            throw ErrorReport(
                .usage, "there is no way into account \(other.id): the credentials are of \(administrator.home.id)",
                hints: ["name the role to assume there: --account-role OrganizationAccountAccessRole"])
        }
        (ready, self.administrator) = (named[...], administrator)
        isListed = !isWholeOrganization
    }

    /// Asks for the whole list. Runs beside ``next()``, so that the accounts known are worked on while a page is asked for.
    func list() async {
        var token: String?
        while !isListed {
            do {
                let page = try await page(after: token)
                ready += page.accounts
                // A service that never ends its list would keep us for ever.
                isListed = page.nextToken == nil || page.nextToken == token
                token = page.nextToken
            } catch {
                (failure, isListed) = (error, true)
            }
            waiter?.resume()
            waiter = nil
        }
    }

    private func page(after token: String?) async throws -> AccountList {
        // A page has the whole time for itself.
        try await administrator.organizations().accounts(after: token)
    }

    /// The next active account; `nil` after the last one, and where the list breaks off. For one caller at a time.
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
            await withCheckedContinuation { waiter = $0 }
        }
    }
}
