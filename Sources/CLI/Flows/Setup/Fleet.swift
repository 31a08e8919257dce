import Synchronization

/// Work on many things at once, but not on too many.
enum Fleet {
    /// Does the work for every item.
    ///
    /// - Parameters:
    ///   - slots: how many items are worked on at once.
    ///   - next: the next item; `nil` after the last one.
    ///   - finished: told after each item how many are done.
    /// - Returns: the results in the order of the items.
    static func run<Item: Sendable, Value: Sendable>(
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
    static func run<Item: Sendable, Value: Sendable>(
        _ items: [Item], in slots: Slots, _ work: @escaping @Sendable (Item) async -> Value,
        finished: @escaping @Sendable (Int) -> Void = { _ in }
    ) async -> [Value] {
        var rest = items[...]
        return await run(in: slots, next: { rest.popFirst() }, work, finished: finished)
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
