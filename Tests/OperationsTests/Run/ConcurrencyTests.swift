import Synchronization
import Testing

@testable import Operations

@Suite struct ConcurrencyTests {
    /// How many are at work now, and how many were at most.
    private actor Crowd {
        private(set) var most = 0
        private var now = 0

        func enter() {
            now += 1
            most = max(most, now)
        }

        func leave() { now -= 1 }
    }

    @Test(
        "results come in the order of the items, and no more are at work than there are slots", arguments: [1, 3, 200])
    func width(width: Int) async {
        let crowd = Crowd()
        let told = Mutex<[Int]>([])
        let results = await Concurrently.map(Array(0..<100), in: Slots(width)) { item in
            await crowd.enter()
            for _ in 0..<(item % 7) { await Task.yield() }
            await crowd.leave()
            return item * 2
        } finished: { done in
            told.withLock { $0.append(done) }
        }
        #expect(results == (0..<100).map { $0 * 2 })
        #expect(await crowd.most <= width)
        #expect(told.withLock { $0.sorted() } == Array(1...100))
    }

    @Test("who sleeps gives the slot to another, and takes one again before going on")
    func sleeping() async throws {
        /// Sleeps until told to wake.
        actor Alarm {
            private var sleeper: CheckedContinuation<Void, Never>?
            private var isRung = false

            func sleep() async { if !isRung { await withCheckedContinuation { sleeper = $0 } } }

            func ring() {
                isRung = true
                sleeper?.resume()
                sleeper = nil
            }
        }
        let slots = Slots(1)
        let alarm = Alarm()
        let order = Mutex<[String]>([])
        // With one slot the second could never run if the first kept it, and the first never wakes without the second.
        _ = await Concurrently.map(["first", "second"], in: slots) { item in
            if item == "first" {
                await slots.giveBack()
                await alarm.sleep()
                await slots.take()
            }
            order.withLock { $0.append(item) }
            await alarm.ring()
        }
        #expect(order.withLock { $0 } == ["second", "first"])
    }
}
