import AWS
import AzureDevOps
import Domain

/// Rotates keys: looks at all of them, shows what would be done, and does it once that is agreed to.
struct Rotations {
    private static let again = "what is done stays done: run it again for the rest"

    let requests: [RotationRequest]
    let settings: RotationSettings
    let change: ChangeOptions
    let principals: Principals
    let context: Context
    let console: Console
    /// How many rotations are worked on at once. Most of one is waiting.
    private let slots = Slots(8)

    /// - Returns: what became of each; for a plan that was only shown as well.
    /// - Throws: ``ErrorReport`` where nobody agreed.
    func run() async throws -> [RotationOutcome] {
        let looked = await Fleet.run(requests, in: slots) { await look($0) }
        let planned = looked.map(\.outcome)
        let isToChange = planned.contains(where: \.hasWork)
        let isOnlyLooking = change.dryRun || change.check || !isToChange
        if isOnlyLooking || change.output == .text { try show(planned) }
        if isOnlyLooking { return planned }
        try Agreement.ask(change, context)

        let outcomes = await Fleet.run(looked, in: slots, rotate)
        if change.output == .json || outcomes.count > 1 { try show(outcomes, asTable: true) }
        if outcomes.count == 1, outcomes[0].error == nil {
            console.note("\(outcomes[0].request.title): \(RotationListing.summary(of: outcomes[0]))")
        }
        return outcomes
    }

    /// What the command ends with.
    ///
    /// - Throws: ``ErrorReport`` where that is not well.
    func finish(_ outcomes: [RotationOutcome]) throws(ErrorReport) {
        let failed = outcomes.compactMap(\.error)
        if let first = failed.first {
            guard outcomes.count > 1 else { throw first }
            throw ErrorReport(
                .resumable,
                "\(failed.count) of \(outcomes.count) rotations failed, the first of them: \(first.message)",
                hints: first.hints + [Self.again])
        }
        if change.check && outcomes.contains(where: { !$0.steps.isEmpty }) { throw Agreement.drift }
    }

    private struct Look: Sendable {
        var outcome: RotationOutcome
        var rotation: Rotation?
    }

    private func look(_ request: RotationRequest) async -> Look {
        do {
            let services = try await principals.services(for: request)
            let rotation = try await Rotation(request, settings, services, console)
            let plan = rotation.plan
            var outcome = RotationOutcome(request: request, result: .planned)
            let observation = rotation.reading.observation
            (outcome.keyBefore, outcome.keys) = (observation.connectionKey, observation.keys)
            outcome.steps = plan.steps
            switch plan.end {
            case .end(let end):
                outcome.end = end
                if case .retiring = end { outcome.isAwaitingGrace = settings.waits && plan.steps.isEmpty }
            case .refuse(let refusal): throw RotationProblem(refusal, request, observation)
            default: break
            }
            return Look(outcome: outcome, rotation: rotation)
        } catch {
            let report = ErrorReport(error)
            let hints = report.hints + (change.dryRun || change.check ? [] : ["this rotation changed nothing"])
            let failure = ErrorReport(report.code, report.message, hints: hints)
            return Look(outcome: RotationOutcome(request: request, result: .failed(failure)))
        }
    }

    private func rotate(_ look: Look) async -> RotationOutcome {
        var outcome = look.outcome
        guard var rotation = look.rotation, outcome.hasWork else { return outcome }
        do {
            outcome.end = try await rotation.run()
            outcome.result = .done
        } catch let failure as RotationFailure {
            let report = ErrorReport(failure, outcome.request, settings)
            (outcome.failedStep, outcome.result) = (failure.step, .failed(report))
            outcome.cause = ErrorReport(report.code, failure.cause.message, hints: report.hints)
        } catch let refusal as RotationRefusal {
            outcome.result = .failed(
                ErrorReport(
                    RotationProblem(
                        refusal, outcome.request, rotation.reading.observation,
                        connectionMessage: rotation.reading.connection.operationState?.message)))
        } catch {
            outcome.result = .failed(ErrorReport(error))
        }
        (outcome.steps, outcome.keyNow) = (rotation.steps, rotation.reading.observation.connectionKey)
        return outcome
    }

    private func show(_ outcomes: [RotationOutcome], asTable: Bool = false) throws {
        let listing = RotationListing(outcomes, settings)
        // A single rotation's failure is told once, as an error.
        if change.output == .text && outcomes.count == 1 && outcomes[0].error != nil { return }
        let text = change.output == .json ? listing.json : asTable ? listing.table : listing.plan
        try context.standardOutput.write(Secret(text))
    }
}
