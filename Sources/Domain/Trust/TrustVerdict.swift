/// Whether something holds, as far as can be told without making the call.
package enum TrustVerdict: Sendable, Equatable {
    case holds, fails
    /// It depends on what only the call shows, or on what AWS does not document.
    case unknown

    /// Of several that must all hold: one that fails decides.
    static func all(_ verdicts: some Sequence<TrustVerdict>) -> TrustVerdict {
        let verdicts = Array(verdicts)
        return verdicts.contains(.fails) ? .fails : verdicts.contains(.unknown) ? .unknown : .holds
    }

    /// Of several of which one must hold: one that holds decides.
    static func any(_ verdicts: some Sequence<TrustVerdict>) -> TrustVerdict {
        let verdicts = Array(verdicts)
        return verdicts.contains(.holds) ? .holds : verdicts.contains(.unknown) ? .unknown : .fails
    }

    var negated: TrustVerdict {
        switch self {
        case .holds: .fails
        case .fails: .holds
        case .unknown: .unknown
        }
    }
}
