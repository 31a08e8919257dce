/// Work on many things at once, but not on too many.
enum Fleet {
    /// Does the work for every item.
    ///
    /// - Parameters:
    ///   - width: how many items are worked on at once, one at least.
    ///   - next: the next item; `nil` after the last one.
    ///   - finished: told after each item how many are done.
    /// - Returns: the results in the order of the items.
    static func run<Item: Sendable, Value: Sendable>(
        width: Int, next: () async -> Item?, _ work: @escaping @Sendable (Item) async -> Value,
        finished: (Int) -> Void = { _ in }
    ) async -> [Value] {
        await withTaskGroup(of: (Int, Value).self) { group in
            var results: [Value?] = []
            var done = 0
            func collect() async {
                guard let (place, value) = await group.next() else { return }
                results[place] = value
                done += 1
                finished(done)
            }
            while let item = await next() {
                if results.count - done >= width { await collect() }
                let place = results.count
                results.append(nil)
                group.addTask { (place, await work(item)) }
            }
            while done < results.count { await collect() }
            return results.compactMap(\.self)
        }
    }

    /// The same for items that are all known.
    static func run<Item: Sendable, Value: Sendable>(
        _ items: [Item], width: Int, _ work: @escaping @Sendable (Item) async -> Value,
        finished: (Int) -> Void = { _ in }
    ) async -> [Value] {
        var rest = items[...]
        return await run(width: width, next: { rest.popFirst() }, work, finished: finished)
    }
}
