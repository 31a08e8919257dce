import Domain
import Foundation

/// One run of the command over services, with something that happens to one of its steps.
struct RotationRun {
    enum Disturbance: CaseIterable {
        case killedBefore, killedAfter, failsBefore, failsAfter
    }

    enum End: Equatable {
        case ended(RotationStep)
        case killed
        case failed
    }

    var rules: RotationRules
    var disturbance: (kind: Disturbance, step: Int)?
    private(set) var steps: [RotationStep] = []
    private var failures = 0

    init(_ goal: RotationRules.Goal, grace: TimeInterval = 86_400, _ disturbance: (Disturbance, Int)? = nil) {
        rules = RotationRules(goal: goal, grace: grace)
        self.disturbance = disturbance.map { (kind: $0.0, step: $0.1) }
    }

    /// - Parameter check: called with the services at every moment.
    mutating func callAsFunction(_ services: inout RotationServices, _ check: (RotationServices) -> Void) -> End {
        var observation = services.observation
        rules.adapt(to: RotationState(observation))
        while steps.count < 60 {
            let step = rules.next(RotationState(observation), observation)
            if step.isLast { return failures > 0 && rules.goal == .undo ? .failed : .ended(step) }
            let isDisturbed = disturbance.map { $0.step == steps.count } == true
            steps.append(step)
            if isDisturbed && disturbance?.kind == .killedBefore { return .killed }
            var created: AccessKey?
            var hasFailed = isDisturbed && disturbance?.kind == .failsBefore
            if !hasFailed {
                let before = services
                do { created = try services.perform(step) } catch {
                    services = before
                    hasFailed = true
                }
            }
            check(services)
            if isDisturbed && disturbance?.kind == .killedAfter { return .killed }
            if hasFailed || (isDisturbed && disturbance?.kind == .failsAfter) {
                failures += 1
                guard failures < 3 else { return .failed }
                // What this run holds it still holds; what it did it must see.
                observation = services.observation.keepingOwn(of: observation)
                rules.recover(in: RotationState(observation))
                continue
            }
            observation.apply(
                step, created: created, version: services.labels["AWSPENDING"] ?? "", at: services.now)
            rules.adapt(after: step)
        }
        return .failed
    }
}
