import Domain

/// An OIDC provider whose hosts were looked at.
struct ProviderThumbprints: Sendable {
    /// What they present, and what has to become of the list.
    struct Finding: Sendable {
        let observation: ThumbprintObservation
        let update: ThumbprintUpdate
    }

    let arn: String
    /// The issuer without `https://`.
    let path: String
    var result: Result<Finding, ErrorReport>
    /// Whether the list has been set.
    var isUpdated = false

    var error: ErrorReport? { if case .failure(let report) = result { report } else { nil } }
    var isToChange: Bool { if case .success(let finding) = result { finding.update.isNeeded } else { false } }

    /// The state of the provider in a word.
    var word: String { error != nil ? "failed" : isUpdated ? "updated" : isToChange ? "to update" : "up to date" }
}
