import AWS
import Domain
import FoundationEssentials

/// Whether a key that no connection holds any more can be deactivated.
struct KeyRetirement: Sendable {
    enum State: Sendable, Equatable {
        /// There is no such key any more.
        case gone
        case inactive
        /// Something used it not long ago; that is when it can be deactivated if nothing else does.
        case inUse(until: Date)
        case due
    }

    let facts: AccessKeyFacts
    let state: State

    /// - Parameter grace: how long nothing must have used it, in seconds.
    init(facts: AccessKeyFacts, grace: TimeInterval, now: Date) {
        self.facts = facts
        guard let key = facts.key, let idle = facts.idleSince else {
            state = .gone
            return
        }
        let until = idle.addingTimeInterval(grace)
        state = key.status != .active ? .inactive : until > now ? .inUse(until: until) : .due
    }

    var isDue: Bool { state == .due }

    /// - Throws: ``AWSError``, ``CredentialError``, ``ErrorReport``.
    func deactivate(_ administrator: Administrator) async throws {
        guard let user = facts.userName else { return }
        try await administrator.iam().setStatus(.inactive, ofAccessKey: facts.id, user: user)
    }

    /// For a person.
    var words: String {
        switch state {
        case .gone: "the access key \(facts.id) is not there any more"
        case .inactive: "the access key \(facts.id) is inactive already"
        case .inUse(let until):
            "the access key \(facts.id) stays active: \(facts.use.date == nil ? "it was created not long ago" : facts.use.words); "
                + "a run after \(Timestamp(until).text) deactivates it if nothing uses it meanwhile"
        case .due: "deactivate the access key \(facts.id) of \(facts.userName ?? "")"
        }
    }
}
