import AWS
import Domain

/// Accounts that are set up, or that a setup is removed from.
struct SetupWork: PlannedWork {
    let administrator: Administrator
    let accounts: AccountsRequest
    let goal: SetupGoal
    let isRemoval: Bool
    let mode: ChangeRequest.Mode
    let slots: Slots
    let network: Network
    let console: Console

    let noun = "account"
    var isTooMuchToRead: Bool { accounts.areMany }

    func look(
        then next: @escaping @Sendable (AccountPart) async -> AccountPart
    ) async throws -> (parts: [AccountPart], failure: (any Error)?) {
        let feed = try accounts.feed(for: administrator)
        async let listing: Void = feed.list()
        let isAtOnce = mode == .apply && isTooMuchToRead
        let parts = await Concurrently.map(in: slots, next: feed.next) { account in
            await next(await look(at: account))
        } finished: {
            if accounts.areMany { console.progress($0, of: nil, isAtOnce ? "accounts set up" : "accounts looked at") }
        }
        await listing
        if accounts.areMany { console.endProgress() }
        let passedOver = await feed.inactiveCount
        if passedOver > 0 { console.note("passed over because they are suspended or being closed: \(passedOver)") }
        return (parts, await feed.failure)
    }

    func lookAgain(at part: AccountPart) async -> AccountPart { await look(at: part.account) }

    private func look(at account: MemberAccount) async -> AccountPart {
        var part = AccountPart(account: account)
        do {
            let setup = try await enter(account)
            if isRemoval {
                let plan = try await setup.removalPlan()
                (part.origin, part.changes, part.kept) = (.removal(setup, plan), plan.changes, plan.kept)
                return part
            }
            let plan = try await setup.plan()
            (part.origin, part.changes) = (.setup(setup, plan), plan.changes)
            part.role = plan.rolePath.map { path in
                ARN.role(RoleName(goal.role?.name ?? "", path: path), administrator.home.partition, account.id).text
            }
        } catch {
            part.result = .failed(ErrorReport(error))
        }
        return part
    }

    private func enter(_ account: MemberAccount) async throws -> AccountSetup {
        let retrier = network.freshRetrier(sharing: slots)
        let session = try await administrator.session(in: account, by: accounts.role, retrier)
        return AccountSetup(account: session, iam: try administrator.iam(session, retrier), goal: goal)
    }

    func apply(_ part: AccountPart) async -> AccountPart {
        var part = part
        let origin = part.origin
        part.origin = nil
        do {
            switch origin {
            case .setup(let looked, let plan)?: try await renewed(looked).apply(plan, isBinding: mode == .ask)
            case .removal(let looked, let plan)?: try await renewed(looked).apply(plan)
            case nil: return part
            }
            part.result = .applied
        } catch {
            part.result = .failed(ErrorReport(error))
        }
        return part
    }

    /// With time of its own: that for looking is over.
    private func renewed(_ setup: AccountSetup) throws(ErrorReport) -> AccountSetup {
        AccountSetup(
            account: setup.account,
            iam: try administrator.iam(setup.account, network.freshRetrier(sharing: slots)), goal: goal)
    }

    // MARK: - Telling

    func text(of parts: [AccountPart], isResult: Bool) -> String? {
        // Of no account there is nothing to tell.
        if parts.isEmpty { return nil }
        let listing = SetupListing(parts, of: goal)
        return parts.count == 1 ? listing.plan : listing.table
    }

    func json(of parts: [AccountPart]) -> String { SetupListing(parts, of: goal).json }

    func explain(_ parts: [AccountPart]?) {
        guard !isRemoval, parts?.contains(where: \.isToChange) != false else { return }
        for subject in goal.role?.subjects ?? [] {
            if let meaning = subject.meaning { console.warn("the subject \(subject.text) lets in \(meaning)") }
        }
        if goal.role?.subjects.isEmpty == true {
            console.warn("the role trusts every pipeline and every service connection of the organisation")
        }
    }

    func conclude(_ parts: [AccountPart]) {
        guard parts.count == 1, let part = parts.first, part.error == nil else { return }
        let count = part.changes.count == 1 ? "1 change" : "\(part.changes.count) changes"
        console.note("done: \(count)" + (part.role.map { "; the role is \($0)" } ?? ""))
    }
}
