import Emulator
import Testing

@testable import Operations

/// Whatever happens to any call, and to the process that makes it.
@Suite("rotate, disturbed at every call,")
struct RotationInterruptionTests {
    /// So many sandboxes are open at once; most of the time of a run is waiting.
    private static let slots = Slots(16)

    @Test(
        "never has a connection without a working key, and the next run ends it in order",
        arguments: RotationScenario.all)
    func disturbed(scenario: RotationScenario) async throws {
        let course = try await scenario.undisturbed()
        #expect(!course.disturbedCalls.isEmpty)
        // The slow ones first.
        let cases = Disturbance.allCases.reversed().flatMap { kind in course.disturbedCalls.map { (kind, $0) } }
        let errors = await Concurrently.map(cases, in: Self.slots) { (kind, call) -> (any Error)? in
            do { try await course.disturbed(by: kind, at: call) } catch { return error }
            return nil
        }
        for error in errors.compactMap(\.self) { throw error }
    }
}
