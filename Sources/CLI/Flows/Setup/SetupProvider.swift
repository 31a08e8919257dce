import AWS
import Domain

/// Sets up accounts: looks at all of them, shows what would be done, and does it once that is agreed to.
struct SetupProvider {
    let administrator: Administrator
    let accounts: AccountsRequest
    let goal: SetupGoal
    let isRemoval: Bool
    /// `nil` where nobody asked for it.
    let verification: RoleVerification?
    /// How many accounts are worked on at once.
    let slots: Slots
    let change: ChangeOptions
    let network: Network
    let context: Context
    let console: Console

    private static let again = "what is done stays done: run it again for the rest"

    /// - Throws: ``ErrorReport``, also where it ends otherwise than done.
    func run() async throws {
        // Among many accounts nobody reads each plan: with `--yes` each is set up as soon as it was looked at.
        let isAtOnce = change.yes && accounts.areMany
        if isAtOnce { explainWildcards() }
        let (work, failure) = try await gather(applying: isAtOnce)
        let outcomes = work.map(\.outcome)
        guard isAtOnce, !outcomes.isEmpty else {
            if let failure { throw failure }
            return try await settle(work)
        }
        try show(outcomes)
        if let failure {
            let report = ErrorReport(failure)
            throw ErrorReport(.resumable, report.message, hints: report.hints + [Self.again])
        }
        try await finish(outcomes)
    }

    /// Looks at all accounts, and sets each up at once where nobody need agree.
    ///
    /// - Returns: also what made the list of accounts break off. What was begun before came to its end all the same.
    private func gather(applying isAtOnce: Bool) async throws -> (work: [Work], failure: (any Error)?) {
        let feed = try accounts.feed(for: administrator)
        async let listing: Void = feed.list()
        let work = await Fleet.run(in: slots, next: feed.next) { account in
            let work = await look(account)
            return isAtOnce ? Work(outcome: await apply(work)) : work
        } finished: {
            if accounts.areMany { console.progress($0, of: nil, isAtOnce ? "accounts set up" : "accounts looked at") }
        }
        await listing
        if accounts.areMany { console.endProgress() }
        let passedOver = await feed.inactiveCount
        if passedOver > 0 { console.note("passed over because they are suspended or being closed: \(passedOver)") }
        return (work, await feed.failure)
    }

    /// Shows what there is to do, and does it once that is agreed to.
    private func settle(_ work: [Work]) async throws {
        var outcomes = work.map(\.outcome)
        let isToChange = outcomes.contains { !$0.changes.isEmpty }
        let isOnlyLooking = change.dryRun || change.check || !isToChange
        // A program reads one answer: the plan where nothing is done, else the result.
        if isOnlyLooking || change.output == .text { try show(outcomes) }
        if isToChange { explainWildcards() }
        if isOnlyLooking {
            try await finish(outcomes)
            if change.check && isToChange { throw Agreement.drift }
            return
        }
        try Agreement.ask(change, context)

        outcomes = await Fleet.run(work, in: slots, apply) {
            if work.count > 1 { console.progress($0, of: work.count, "accounts set up") }
        }
        if work.count > 1 { console.endProgress() }
        if change.output == .json || outcomes.count > 1 { try show(outcomes) }
        if outcomes.count == 1, outcomes[0].error == nil { tellEnd(of: outcomes[0]) }
        try await finish(outcomes)
    }

    private func tellEnd(of outcome: AccountOutcome) {
        let count = outcome.changes.count == 1 ? "1 change" : "\(outcome.changes.count) changes"
        console.note("done: \(count)" + (outcome.role.map { "; the role is \($0)" } ?? ""))
    }

    /// An account with what there is to do in it.
    private struct Work: Sendable {
        var outcome: AccountOutcome
        var setup: AccountSetup?
        var plan: Plan?

        enum Plan: Sendable {
            case setup(SetupPlan)
            case removal(RemovalPlan)
        }
    }

    private func look(_ account: MemberAccount) async -> Work {
        do {
            let setup = try await enter(account)
            if isRemoval {
                let plan = try await setup.removalPlan()
                let outcome = AccountOutcome(
                    account: account.id, changes: plan.changes, kept: plan.kept, result: .planned)
                return Work(outcome: outcome, setup: setup, plan: .removal(plan))
            }
            let plan = try await setup.plan()
            let role = plan.rolePath.map { path in
                "arn:\(administrator.home.partition):iam::\(account.id):role\(path)\(goal.role?.name ?? "")"
            }
            let outcome = AccountOutcome(account: account.id, role: role, changes: plan.changes, result: .planned)
            return Work(outcome: outcome, setup: setup, plan: .setup(plan))
        } catch {
            return Work(outcome: AccountOutcome(account: account.id, result: .failed(ErrorReport(error))))
        }
    }

    private func enter(_ account: MemberAccount) async throws -> AccountSetup {
        let retrier = network.freshRetrier(sharing: slots)
        let session = try await administrator.session(in: account, by: accounts.role, retrier)
        return AccountSetup(account: session, iam: try administrator.iam(session, retrier), goal: goal)
    }

    private func apply(_ work: Work) async -> AccountOutcome {
        var outcome = work.outcome
        guard !outcome.changes.isEmpty, let plan = work.plan, let looked = work.setup else { return outcome }
        do {
            // Its time for looking is over, and so may be its credentials'.
            let setup = AccountSetup(
                account: looked.account,
                iam: try administrator.iam(looked.account, network.freshRetrier(sharing: slots)), goal: goal)
            switch plan {
            case .setup(let plan): try await setup.apply(plan)
            case .removal(let plan): try await setup.apply(plan)
            }
            outcome.result = .applied
        } catch {
            outcome.result = .failed(ErrorReport(error))
        }
        return outcome
    }

    private func show(_ outcomes: [AccountOutcome]) throws {
        let listing = SetupListing(outcomes, of: goal)
        let text =
            switch change.output {
            case .json: listing.json
            case .text: outcomes.count == 1 && outcomes[0].error == nil ? listing.plan : listing.table
            }
        // A single account's failure is told once, as an error; and of no account there is nothing to tell.
        guard change.output == .json || outcomes.count > 1 || outcomes.contains(where: { $0.error == nil }) else {
            return
        }
        try context.standardOutput.write(Secret(text))
    }

    private func explainWildcards() {
        if isRemoval { return }
        for subject in goal.role?.subjects ?? [] {
            if let meaning = subject.meaning { console.warn("the subject \(subject.text) lets in \(meaning)") }
        }
        if goal.role?.subjects.isEmpty == true {
            console.warn("the role trusts every pipeline and every service connection of the organisation")
        }
    }

    private func finish(_ outcomes: [AccountOutcome]) async throws {
        if let verification, !change.dryRun, !change.check {
            for outcome in outcomes where outcome.error == nil {
                if let role = outcome.role { try await verification.wait(for: role) }
            }
        }
        let failed = outcomes.compactMap(\.error)
        guard let first = failed.first else { return }
        guard outcomes.count > 1 else { throw first }
        throw ErrorReport(
            .resumable, "\(failed.count) of \(outcomes.count) accounts failed",
            hints: [Self.again])
    }
}
