import Domain
import Foundation
import Testing

@Suite("Rotation rules")
struct RotationRulesTests {
    /// How it begins, and what a run is after.
    enum Course: CaseIterable {
        case first, again, withOldKey, goingBack, storedByHand, goingBackToOneStoredByHand

        var services: RotationServices {
            switch self {
            case .first: return RotationServices()
            case .again: return .rotatedBefore
            case .storedByHand: return .storedByHand
            case .withOldKey, .goingBack, .goingBackToOneStoredByHand:
                let isByHand = self == .goingBackToOneStoredByHand
                var services = isByHand ? RotationServices.storedByHand : .rotatedBefore
                var run = RotationRun(.rotate)
                _ = run(&services) { _ in }
                if self == .withOldKey { services.now += 90_000 }
                return services
            }
        }

        var goal: RotationRules.Goal {
            [.goingBack, .goingBackToOneStoredByHand].contains(self) ? .rollBack : .rotate
        }
    }

    @Test("A rotation goes its way in order")
    func order() {
        var services = RotationServices()
        var run = RotationRun(.rotate)
        let end = run(&services) { _ in }
        #expect(
            run.steps == [
                .announce(keys: ["AKIAOLD"]), .create, .store(key: "AKIANEW1", replacing: "AKIAOLD"),
                .verify(key: "AKIANEW1"), .connect(key: "AKIANEW1"), .awaitReady, .promote(key: "AKIANEW1"),
                .deactivate(key: "AKIAOLD"), .close,
            ])
        let until = services.changed?.addingTimeInterval(86_400)
        #expect(end == .ended(.end(.retiring(key: "AKIAOLD", until: until ?? .distantPast))))
        #expect(services.isInOrder)
    }

    @Test("The next run deletes the old key once its grace is over, and rotates again")
    func grace() {
        var services = Course.withOldKey.services
        var run = RotationRun(.rotate)
        _ = run(&services) { _ in }
        #expect(run.steps.first == .delete(key: "AKIAOLD", .retired))
        #expect(services.connectionKey == "AKIANEW2")
        #expect(services.keys.map(\.id) == ["AKIANEW1", "AKIANEW2"])
    }

    @Test("Within its grace the old key stays, and no other rotation begins")
    func withinGrace() {
        var services = Course.withOldKey.services
        services.now -= 80_000
        let before = services
        var run = RotationRun(.rotate)
        _ = run(&services) { _ in }
        #expect(run.steps.isEmpty)
        #expect(services == before)
    }

    @Test("An old key that was used after the rotation had ended stays; before that jobs had it from the connection")
    func lastUse() throws {
        var services = Course.withOldKey.services
        let end = try #require(services.changed)
        let use = AccessKeyUse(userName: "ci", date: end.addingTimeInterval(5), service: "s3")
        services.uses["AKIAOLD"] = use
        var run = RotationRun(.rotate)
        #expect(run(&services) { _ in } == .ended(.refuse(.oldKeyStillUsed("AKIAOLD", use))))
        #expect(services.keys[1].created < end.addingTimeInterval(-1))
        services.uses["AKIAOLD"] = AccessKeyUse(userName: "ci", date: end.addingTimeInterval(-1))
        run = RotationRun(.rotate)
        _ = run(&services) { _ in }
        #expect(run.steps.first == .delete(key: "AKIAOLD", .retired))
    }

    @Test("After one more run all is in order, whatever happened to any step", arguments: Course.allCases)
    func disturbances(course: Course) {
        var services = course.services
        var undisturbed = RotationRun(course.goal)
        _ = undisturbed(&services) { _ in }
        #expect(undisturbed.steps.count > 4)
        for kind in RotationRun.Disturbance.allCases {
            for step in undisturbed.steps.indices {
                check(course, (kind, step), services.connectionKey)
            }
        }
    }

    private func check(_ course: Course, _ disturbance: (RotationRun.Disturbance, Int), _ expected: String) {
        let what = Comment(rawValue: "\(course), \(disturbance)")
        var services = course.services
        var run = RotationRun(course.goal, disturbance)
        let check = { (services: RotationServices) in #expect(services.isConnectionAlive, what) }
        let end = run(&services, check)
        if end == .failed { #expect(services.isConnectionAlive, what) }
        services.now += 5
        var second = RotationRun(course.goal)
        let last = second(&services, check)
        #expect(last != .killed && last != .failed, what)
        #expect(services.isInOrder, what)
        if course.goal == .rollBack {
            #expect(services.connectionKey == "AKIAOLD", what)
        } else {
            #expect(services.connectionKey != course.services.connectionKey, what)
        }
    }

    @Test("A second key of somebody else's is left alone")
    func secondKey() {
        var services = RotationServices.rotatedBefore
        services.keys.append(AccessKey(id: "AKIAHUMAN", status: .active, created: RotationServices.start - 50))
        var run = RotationRun(.rotate)
        #expect(
            run(&services) { _ in }
                == .ended(.refuse(.twoActiveKeys(inConnection: "AKIAOLD", other: "AKIAHUMAN"))))
        services.keys[1].status = .inactive
        run = RotationRun(.rotate)
        #expect(
            run(&services) { _ in } == .ended(.refuse(.inactiveKey(inConnection: "AKIAOLD", other: "AKIAHUMAN"))))
        run = RotationRun(.rotate)
        run.rules.replacesInactive = true
        _ = run(&services) { _ in }
        #expect(run.steps.first == .delete(key: "AKIAHUMAN", .inactive))
        #expect(services.isInOrder)
    }

    @Test(
        "A key is an orphan only where it was created right after the announcement, and nobody used it",
        arguments: [(30.0, false, true), (3_600.0, false, false), (30.0, true, false)])
    func orphan(age: Double, isUsed: Bool, isDeleted: Bool) throws {
        var services = RotationServices.rotatedBefore
        _ = try services.perform(.announce(keys: ["AKIAOLD"]))
        let key = AccessKey(id: "AKIAOTHER", status: .active, created: services.now.addingTimeInterval(age))
        services.keys.append(key)
        if isUsed { services.uses[key.id] = AccessKeyUse(userName: "ci", date: services.now) }
        let step = RotationRules(goal: .rotate, grace: 0).next(
            RotationState(services.observation), services.observation)
        #expect((step == .delete(key: "AKIAOTHER", .orphan)) == isDeleted)
    }

    @Test("An announcement for which another key left no place is taken back, and says nothing of that key")
    func announcementWithoutPlace() throws {
        var services = Course.again.services
        var run = RotationRun(.rotate)
        _ = run(&services) { _ in }
        _ = try services.perform(.announce(keys: services.keys.map(\.id)))
        run = RotationRun(.rotate)
        let end = run(&services) { _ in }
        #expect(run.steps == [.close])
        let until = services.changed?.addingTimeInterval(86_400)
        #expect(end == .ended(.end(.retiring(key: "AKIAOLD", until: until ?? .distantPast))))
        #expect(services.isInOrder)
    }

    @Test("A connection with another user's key, or with none, is left alone", arguments: ["AKIAOTHER", nil])
    func foreign(key: String?) {
        var observation = RotationServices.rotatedBefore.observation
        observation.connectionKey = key
        let step = RotationRules(goal: .rotate, grace: 0).next(RotationState(observation), observation)
        #expect(step == .refuse(.foreignKey(key)))
    }

    @Test("Another rotation of the same secret is left alone")
    func otherRotation() {
        var services = RotationServices.rotatedBefore
        services.versions["5e3a2c50-0000-4000-8000-000000000000"] = .init(keyID: nil)
        services.labels["AWSPENDING"] = "5e3a2c50-0000-4000-8000-000000000000"
        var run = RotationRun(.rotate)
        #expect(
            run(&services) { _ in }
                == .ended(.refuse(.pendingElsewhere(version: "5e3a2c50-0000-4000-8000-000000000000"))))
    }

    @Test("A young key is not rotated")
    func leastAge() {
        var services = RotationServices.rotatedBefore
        var run = RotationRun(.rotate)
        run.rules.leastAge = 20 * 86_400
        let until = services.keys[0].created.addingTimeInterval(20 * 86_400)
        #expect(run(&services) { _ in } == .ended(.end(.young(key: "AKIAOLD", until: until))))
    }

    @Test("An inactive key makes room where that was agreed to, but not for a rotation that is not due")
    func makingRoom() {
        var services = Course.withOldKey.services
        services.now -= 80_000
        var run = RotationRun(.rotate)
        run.rules.replacesInactive = true
        run.rules.leastAge = 86_400
        _ = run(&services) { _ in }
        #expect(run.steps.isEmpty)
        run = RotationRun(.rotate)
        run.rules.replacesInactive = true
        _ = run(&services) { _ in }
        #expect(run.steps.first == .delete(key: "AKIAOLD", .inactive))
        #expect(services.connectionKey == "AKIANEW2")
    }

    @Test("There is no way back to a key whose secret nobody kept, or to none")
    func nothingToReturnTo() {
        var services = RotationServices.rotatedBefore
        var run = RotationRun(.rollBack)
        #expect(run(&services) { _ in } == .ended(.refuse(.nothingToReturnTo)))
        services = RotationServices()
        run = RotationRun(.rotate)
        _ = run(&services) { _ in }
        run = RotationRun(.rollBack)
        #expect(run(&services) { _ in } == .ended(.refuse(.secretUnknown(key: "AKIAOLD"))))
    }

    @Test("The plan is what is then done", arguments: Course.allCases)
    func plan(course: Course) {
        var services = course.services
        let rules = RotationRules(goal: course.goal, grace: 86_400)
        let plan = RotationPlan(rules, from: services.observation)
        var run = RotationRun(course.goal)
        _ = run(&services) { _ in }
        #expect(plan.steps.map(Self.name) == run.steps.map(Self.name))
    }

    private static func name(_ step: RotationStep) -> String { String("\(step)".prefix { $0 != "(" }) }
}
