import Synchronization

/// Uses the key of every AWS connection that has one, all the time, as the jobs of a busy organisation do.
///
/// Requests are answered one at a time while it does, and the keys are tried before and after each: no state that an
/// answer leaves behind goes untried. A task of its own tries them in between, for what time alone changes.
package final class ConnectionUse: Sendable {
    /// A connection whose key AWS did not take.
    package struct Refusal: Sendable, Equatable {
        /// The connection's name.
        package let connection: String
        package let accessKeyID: String
        /// How often, one time after the other.
        package var times: Int
    }

    /// What came of it so far.
    package struct Record: Sendable {
        /// Keys tried.
        package var attempts = 0
        package var refusals: [Refusal] = []

        /// Attempts that were refused.
        package var refusalCount: Int { refusals.reduce(0) { $0 + $1.times } }
    }

    private let azure: Shared<AzureWorld>
    private let accepts: @Sendable (_ accessKeyID: String, _ secret: String, _ sessionToken: String?) -> Bool
    private let isOn = Atomic(false)
    private let state = Mutex(Record())
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(
        azure: Shared<AzureWorld>,
        accepts: @escaping @Sendable (_ accessKeyID: String, _ secret: String, _ sessionToken: String?) -> Bool
    ) {
        (self.azure, self.accepts) = (azure, accepts)
    }

    package var record: Record { state.withLock { $0 } }

    /// Begins; from then on every state is tried.
    func begin() {
        task.withLock { task in
            guard task == nil else { return }
            isOn.store(true, ordering: .sequentiallyConsistent)
            task = Task.detached { [weak self] in
                while !Task.isCancelled, let self {
                    self.state.withLock { self.use(&$0) }
                    try? await Task.sleep(for: .milliseconds(1))
                }
            }
        }
    }

    func end() {
        isOn.store(false, ordering: .sequentiallyConsistent)
        task.withLock { task in
            task?.cancel()
            task = nil
        }
    }

    /// Lets a service answer, with the keys tried before and after.
    func around(_ answer: () -> ServerAnswer) -> ServerAnswer {
        guard isOn.load(ordering: .sequentiallyConsistent) else { return answer() }
        return state.withLock { record in
            use(&record)
            defer { use(&record) }
            return answer()
        }
    }

    private func use(_ record: inout Record) {
        for connection in azure.read({ $0.connections.filter(\.usesAccessKey) }) {
            let parameters = connection.parameters
            let (id, token) = (parameters["username"] ?? "", parameters["sessionToken"] ?? "")
            record.attempts += 1
            // A long-term key goes without a session token, and AWS does not know one with it.
            let isAccepted =
                !(id.hasPrefix("AKIA") && !token.isEmpty)
                && accepts(id, parameters["password"] ?? "", token.isEmpty ? nil : token)
            if !isAccepted { Self.add(connection.name, id, to: &record) }
        }
    }

    private static func add(_ connection: String, _ id: String, to record: inout Record) {
        if let last = record.refusals.lastIndex(where: { $0.connection == connection && $0.accessKeyID == id }) {
            record.refusals[last].times += 1
        } else {
            record.refusals.append(Refusal(connection: connection, accessKeyID: id, times: 1))
        }
    }
}
