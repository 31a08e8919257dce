import Synchronization

/// What somebody else does while a request is on its way: `meanwhile GetRole@2 trust deploy …`.
final class Meanwhile: Sendable {
    private struct Deed {
        let operation: String
        /// How many requests come before.
        var passes: Int
        let act: @Sendable () -> Void
    }

    private let deeds = Mutex<[Deed]>([])

    /// - Parameter passes: how many requests for the operation come before the one that meets it.
    func add(_ operation: String, passing passes: Int, _ act: @escaping @Sendable () -> Void) {
        deeds.withLock { $0.append(Deed(operation: operation, passes: passes, act: act)) }
    }

    /// Does what is planned for this request, before the service sees it.
    func met(_ operation: String) {
        let due = deeds.withLock { deeds in
            var due: [@Sendable () -> Void] = []
            for index in deeds.indices.reversed() where deeds[index].operation == operation {
                if deeds[index].passes == 0 {
                    due.insert(deeds.remove(at: index).act, at: 0)
                } else {
                    deeds[index].passes -= 1
                }
            }
            return due
        }
        for act in due { act() }
    }

    /// The operations of those that were not met.
    var pending: [String] { deeds.withLock { $0.map(\.operation) } }
}
