import Synchronization

/// Lets so many in at a time, in the order in which they came.
///
/// Tests run all at once, and Foundation's `Process` cannot start a child once a thousand files are open.
package final class Places: Sendable {
    /// For children that a test has one of for each of many cases. Whoever has a place must not wait for another child.
    package static let children = Places(4)

    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    /// - Parameter count: how many there are.
    package init(_ count: Int) { state = Mutex(State(free: count)) }

    /// Waits for a place, and has it until `body` ends. Whoever has one waits for no other.
    package func lend<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        await take()
        defer { giveBack() }
        return try await body()
    }

    private func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func giveBack() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
