/// Work on many things at once, but not on too many.
enum Fleet {
    /// Does the work for every item, in the order of the items as far as they wait for nothing.
    ///
    /// - Parameters:
    ///   - width: how many items are worked on at once, one at least.
    ///   - finished: told after each item how many are done.
    /// - Returns: the results in the order of the items.
    static func run<Item: Sendable, Value: Sendable>(
        _ items: [Item], width: Int, _ work: @escaping @Sendable (Item) async -> Value,
        finished: (Int) -> Void = { _ in }
    ) async -> [Value] {
        await withTaskGroup(of: (Int, Value).self) { group in
            var results = [Value?](repeating: nil, count: items.count)
            var done = 0
            for (index, item) in items.enumerated() {
                if index >= width, let (place, value) = await group.next() {
                    results[place] = value
                    done += 1
                    finished(done)
                }
                group.addTask { (index, await work(item)) }
            }
            while let (place, value) = await group.next() {
                results[place] = value
                done += 1
                finished(done)
            }
            return results.compactMap(\.self)
        }
    }
}
