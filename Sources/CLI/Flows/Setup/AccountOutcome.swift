import Domain

/// What became of one account.
struct AccountOutcome: Sendable {
    enum Result: Sendable {
        /// There was nothing to do, or nothing was to be done yet.
        case planned
        case applied
        case failed(ErrorReport)
    }

    /// 12 digits.
    let account: String
    /// The role's ARN, to be named in pipelines; `nil` where there is none.
    var role: String?
    /// What was to be done; empty where it could not even be found out.
    var changes: [SetupChange] = []
    /// What a removal leaves, and why.
    var kept: [String] = []
    var result: Result

    var error: ErrorReport? { if case .failed(let report) = result { report } else { nil } }

    /// The state of the account in a word.
    var word: String {
        switch result {
        case .failed: "failed"
        case .applied: "changed"
        case .planned: changes.isEmpty ? "unchanged" : "to change"
        }
    }
}
