import AzureDevOps
import Domain

/// The service connection of a migration: what there is, and what is to become of it.
struct MigrationPart: PlannedPart {
    enum Result: Sendable {
        case planned
        case done
        case failed(ErrorReport)
    }

    /// What a person agrees to.
    struct Plan: Equatable {
        let key: String?
        let usesOIDC: Bool
        let role: String?
        let isSwitching: Bool
        let findings: [Finding]
        let isRetiring: Bool
    }

    var connection: ServiceConnection?
    /// What was found about the role.
    var findings: [Finding] = []
    var warnings: [String] = []
    var facts: AccessKeyFacts?
    var isSwitching = false
    /// Whether that is done.
    var isSwitched = false
    var retirement: KeyRetirement?
    var result = Result.planned

    var plan: Plan {
        Plan(
            key: connection?.keyID, usesOIDC: connection?.usesOIDC ?? false, role: connection?.roleARN,
            isSwitching: isSwitching, findings: findings, isRetiring: retirement?.isDue ?? false)
    }

    var error: ErrorReport? { if case .failed(let report) = result { report } else { nil } }

    var status: PartStatus {
        switch result {
        case .failed: .failed
        case .done: .changed
        case .planned: isSwitching || retirement?.isDue == true ? .toChange : .unchanged
        }
    }
}
