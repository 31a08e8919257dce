/// Work on many things at once, but not on too many.
enum Fleet {
    /// Does the work for every item.
    ///
    /// - Parameters:
    ///   - width: how many items are worked on at once, one at least.
    ///   - next: the next item; `nil` after the last one.
    ///   - finished: told after each item how many are done.
    /// - Returns: the results in the order of the items.
    /// - Throws: what `next` throws; the work that was begun is finished before.
    static func run<Item: Sendable, Value: Sendable>(
        width: Int, next: () async throws -> Item?, _ work: @escaping @Sendable (Item) async -> Value,
        finished: (Int) -> Void = { _ in }
    ) async rethrows -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var results: [Value?] = []
            var done = 0
            func collect() async throws {
                guard let (place, value) = try await group.next() else { return }
                results[place] = value
                done += 1
                finished(done)
            }
            do {
                while let item = try await next() {
                    if results.count - done >= width { try await collect() }
                    let place = results.count
                    results.append(nil)
                    group.addTask { (place, await work(item)) }
                }
            } catch {
                // To throw at once would cancel what is in the middle of its changes.
                while done < results.count { try await collect() }
                throw error
            }
            while done < results.count { try await collect() }
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
