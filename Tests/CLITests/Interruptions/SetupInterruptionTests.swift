import Testing

/// Whatever happens to a call that changes something, and to the process that makes it.
@Suite("setup-provider, disturbed at every call that changes something,")
struct SetupInterruptionTests {
    @Test(
        "ends right in this run or the next, and then changes nothing", arguments: SetupScenario.all,
        Disturbance.ofOneCall)
    func disturbed(scenario: SetupScenario, by disturbance: Disturbance) async throws {
        let course = try await scenario.undisturbed()
        #expect(!course.writes.isEmpty)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for call in course.writes.indices {
                group.addTask { try await course.disturbed(by: disturbance, at: call) }
            }
            try await group.waitForAll()
        }
    }

    @Test("ends right in many accounts too", arguments: zip([Disturbance.killedBefore, .killedAfter], [13, 37]))
    func manyAccounts(disturbance: Disturbance, call: Int) async throws {
        let course = try await SetupScenario.manyAccounts.undisturbed(accounts: 10)
        // Four calls in each: to the management account's provider, which is there, goes a tag.
        #expect(course.writes.count == 44)
        try await course.disturbed(by: disturbance, at: call)
    }
}
