import Domain

/// An account of a setup: what there is to do in it, and what became of that.
struct AccountPart: PlannedPart {
    enum Result: Sendable {
        /// There was nothing to do, or nothing was to be done yet.
        case planned
        case applied
        case failed(ErrorReport)
    }

    /// What a person agrees to.
    struct Plan: Equatable {
        let changes: [SetupChange]
        let kept: [String]
    }

    /// How the changes came about, and so how they are made.
    enum Origin: Sendable {
        case setup(AccountSetup, SetupPlan)
        case removal(AccountSetup, RemovalPlan)
    }

    let account: MemberAccount
    /// What is to be done, or was.
    var changes: [SetupChange] = []
    /// What a removal leaves, and why.
    var kept: [String] = []
    /// The way to do it; `nil` once it was gone, or if it could not even be found out what there is to do. Of a thousand
    /// accounts nobody needs a thousand sessions.
    var origin: Origin?
    /// The role's ARN, to be named in pipelines; `nil` if there is none.
    var role: String?
    var result = Result.planned

    var plan: Plan { Plan(changes: changes, kept: kept) }
    var error: ErrorReport? { if case .failed(let report) = result { report } else { nil } }

    var status: PartStatus {
        switch result {
        case .failed: .failed
        case .applied: .changed
        case .planned: changes.isEmpty ? .unchanged : .toChange
        }
    }
}
