import Domain
import FoundationEssentials
import Synchronization

/// Work on many things at once, but not on too many.
enum Concurrently {
    /// Does the work for every item.
    ///
    /// - Parameters:
    ///   - slots: how many items are worked on at once.
    ///   - next: the next item; `nil` after the last one.
    ///   - finished: told after each item how many are done.
    /// - Returns: the results in the order of the items.
    static func map<Item: Sendable, Value: Sendable>(
        in slots: Slots, next: () async -> Item?, _ work: @escaping @Sendable (Item) async -> Value,
        finished: @escaping @Sendable (Int) -> Void = { _ in }
    ) async -> [Value] {
        let results = Results<Value>()
        // One that discards: other groups keep the memory of every task until its result is asked for.
        await withDiscardingTaskGroup { group in
            var count = 0
            while let item = await next() {
                await slots.take()
                let place = count
                group.addTask {
                    let value = await work(item)
                    let done = results.put(value, at: place)
                    await slots.giveBack()
                    finished(done)
                }
                count += 1
            }
        }
        return results.all
    }

    /// The same for items that are all known.
    static func map<Item: Sendable, Value: Sendable>(
        _ items: [Item], in slots: Slots, _ work: @escaping @Sendable (Item) async -> Value,
        finished: @escaping @Sendable (Int) -> Void = { _ in }
    ) async -> [Value] {
        var rest = items[...]
        return await map(in: slots, next: { rest.popFirst() }, work, finished: finished)
    }

    private final class Results<Value: Sendable>: Sendable {
        private let values = Mutex<[Int: Value]>([:])

        /// - Returns: how many there are now.
        func put(_ value: Value, at place: Int) -> Int {
            values.withLock {
                $0[place] = value
                return $0.count
            }
        }

        /// In the order of their places.
        var all: [Value] { values.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
    }
}

/// So many may work at once. Whoever waits for a throttling service to calm down is not working, and lets another one.
actor Slots {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    /// Returns once there is a slot to work in.
    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func giveBack() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}

/// A clock whose sleepers give their slot to others meanwhile.
struct SharingTime: TimeSource {
    let base: any TimeSource
    let slots: Slots

    func now() -> Date { base.now() }
    func uptime() -> Duration { base.uptime() }

    func sleep(for duration: Duration) async throws {
        await slots.giveBack()
        do {
            try await base.sleep(for: duration)
        } catch {
            await slots.take()
            throw error
        }
        await slots.take()
    }
}
