import Domain
import Foundation
import Testing

@Suite("When a session is renewed")
struct RenewalScheduleTests {
    private let now = Date(timeIntervalSince1970: 1_770_000_000)

    @Test(
        "there is more than a quarter of an hour left, where the session is long enough",
        arguments: [
            (43_200.0, 3600.0), (7200, 2400), (3600, 1200), (2400, 1200), (1800, 900), (900, 450), (10, 5),
        ])
    func window(lifetime: TimeInterval, window: TimeInterval) {
        #expect(lifetime - RenewalSchedule.delay(ofSessionFor: lifetime) == window)
        #expect(lifetime < 2400 || window > RenewalSchedule.wanted)
    }

    @Test("a session that seems over is not asked for again and again", arguments: [0.0, -5, -86_400])
    func clockAhead(lifetime: TimeInterval) { #expect(RenewalSchedule.delay(ofSessionFor: lifetime) == 30) }

    @Test("tries that fail come further apart, and a session that ends soon is tried for all the same")
    func pauses() {
        func pause(_ failures: Int, _ remaining: TimeInterval, _ random: Double) -> TimeInterval {
            RenewalSchedule.pause(
                afterFailures: failures, sessionUntil: now.addingTimeInterval(remaining), now: now, random: random)
        }
        #expect(pause(1, 3600, 0) == 0.5)
        #expect(pause(3, 3600, 0.5) == 3)
        #expect(pause(50, 3600, 0) == 15)
        #expect(pause(50, 4, 0) == 0.25)
        #expect(pause(50, 0.01, 0) == 0.05)
        #expect(pause(50, -60, 0) == 5)
    }
}
