import Domain

/// An OIDC provider whose hosts were looked at, and what is to become of its thumbprints.
struct ProviderPart: PlannedPart {
    /// What the hosts present, and what has to become of the list.
    struct Look: Sendable {
        let observation: ThumbprintObservation
        let update: ThumbprintUpdate
    }

    let arn: String
    /// The issuer without `https://`.
    let path: String
    var result: Result<Look, ErrorReport>
    /// Whether it was to be changed, and whether it has been.
    var isTried = false
    var isUpdated = false

    /// What a person agrees to: the list as it is, and as it is to become.
    var plan: ThumbprintUpdate? { if case .success(let look) = result { look.update } else { nil } }
    var error: ErrorReport? { if case .failure(let report) = result { report } else { nil } }

    var status: PartStatus {
        switch result {
        case .failure: .failed
        case .success(let look): isUpdated ? .changed : look.update.isNeeded ? .toChange : .unchanged
        }
    }
}
