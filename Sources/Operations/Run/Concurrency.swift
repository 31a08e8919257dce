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
        await withTaskGroup(of: (Int, Value).self) { group in
            let done = Counter()
            var count = 0
            while let item = await next() {
                await slots.take()
                let place = count
                group.addTask {
                    let value = await work(item)
                    await slots.giveBack()
                    finished(done.increment())
                    return (place, value)
                }
                count += 1
            }
            var results = [Value?](repeating: nil, count: count)
            for await (place, value) in group { results[place] = value }
            return results.compactMap(\.self)
        }
    }

    /// The same for items that are all known.
    static func map<Item: Sendable, Value: Sendable>(
        _ items: [Item], in slots: Slots, _ work: @escaping @Sendable (Item) async -> Value,
        finished: @escaping @Sendable (Int) -> Void = { _ in }
    ) async -> [Value] {
        var rest = items[...]
        return await map(in: slots, next: { rest.popFirst() }, work, finished: finished)
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)

        func increment() -> Int {
            value.withLock { value in
                value += 1
                return value
            }
        }
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
