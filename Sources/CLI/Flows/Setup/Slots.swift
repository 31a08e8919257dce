import Domain
import FoundationEssentials

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
