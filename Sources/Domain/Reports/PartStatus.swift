/// What became of a part of a run that changes things, or what is to become of it. Programs read the raw value.
package enum PartStatus: String, Sendable, CaseIterable {
    /// There was nothing to do.
    case unchanged
    /// There is something to do, and it was not done yet.
    case toChange = "to-change"
    case changed
    /// It could not be looked at, or not be changed; maybe half.
    case failed

    /// For a person: `to change`.
    package var words: String { rawValue.split(separator: "-").joined(separator: " ") }

    /// `997 unchanged, 2 changed, 1 failed`
    package static func counts(_ statuses: some Collection<PartStatus>) -> String {
        allCases.map { status in (status, statuses.count { $0 == status }) }.filter { $0.1 > 0 }
            .map { "\($0.1) \($0.0.words)" }.joined(separator: ", ")
    }
}
