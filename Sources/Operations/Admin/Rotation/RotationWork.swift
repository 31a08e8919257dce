import AWS
import AzureDevOps
import Domain

/// Keys that are rotated.
struct RotationWork: PlannedWork {
    let requests: [RotationRequest]
    let manner: RotationManner
    let mode: ChangeRequest.Mode
    let administrators: Administrators
    let network: Network
    let context: Context
    let console: Console

    let noun = "rotation"
    /// How many rotations are worked on at once. Most of one is waiting.
    let slots = Slots(8)

    func look(
        then next: @escaping @Sendable (RotationPart) async -> RotationPart
    ) async throws -> (parts: [RotationPart], failure: (any Error)?) {
        (await Concurrently.map(requests, in: slots) { await next(await look(at: $0)) }, nil)
    }

    func lookAgain(at part: RotationPart) async -> RotationPart { await look(at: part.request) }

    private func look(at request: RotationRequest) async -> RotationPart {
        var part = RotationPart(request: request)
        do {
            let services = try await RotationServices(for: request, administrators, network, context)
            let rotation = try await Rotation(request, manner, services, console)
            let (plan, observation) = (rotation.plan, rotation.reading.observation)
            (part.rotation, part.keyBefore, part.keys) = (rotation, observation.connectionKey, observation.keys)
            part.steps = plan.steps
            switch plan.end {
            case .end(let end):
                part.end = end
                if case .retiring = end { part.isAwaitingGrace = manner.waits && plan.steps.isEmpty }
            case .refuse(let refusal): throw RotationProblem(refusal, request, observation)
            default: break
            }
            return part
        } catch {
            let report = ErrorReport(error)
            let hints = report.hints + (mode == .show || mode == .check ? [] : ["this rotation changed nothing"])
            return RotationPart(
                request: request,
                result: .failed(ErrorReport(report.code, report.message, hints: hints, facts: report.facts)))
        }
    }

    func apply(_ part: RotationPart) async -> RotationPart {
        var part = part
        guard var rotation = part.rotation else { return part }
        // What was planned is no result.
        part.end = nil
        do {
            part.end = try await rotation.run()
            part.result = .done
        } catch let failure as RotationFailure {
            let report = ErrorReport(failure, part.request, manner)
            (part.failedStep, part.result) = (failure.step, .failed(report))
            part.cause = ErrorReport(report.code, failure.cause.message, hints: report.hints, facts: report.facts)
        } catch let refusal as RotationRefusal {
            let report = ErrorReport(
                RotationProblem(
                    refusal, part.request, rotation.reading.observation,
                    connectionMessage: rotation.reading.connection.operationState?.message))
            part.result = .failed(rotation.steps.isEmpty ? report : halfWay(report, rotation))
        } catch {
            part.result = .failed(ErrorReport(error))
        }
        (part.steps, part.keyNow) = (rotation.steps, rotation.reading.observation.connectionKey)
        return part
    }

    /// A refusal that came after some steps: somebody else was at work.
    private func halfWay(_ report: ErrorReport, _ rotation: Rotation) -> ErrorReport {
        let done = rotation.steps.map { RotationListing.words(for: $0, rotation.request, manner) }
        return ErrorReport(
            .resumable, report.message,
            hints: report.hints + ["this rotation did before: \(done.joined(separator: "; "))"], facts: report.facts)
    }

    func text(of parts: [RotationPart], isResult: Bool) -> String? {
        let listing = RotationListing(parts, manner)
        return isResult ? listing.table : listing.plan
    }

    func json(of parts: [RotationPart]) -> String { RotationListing(parts, manner).json }

    func conclude(_ parts: [RotationPart]) {
        guard parts.count == 1, let part = parts.first, part.error == nil else { return }
        console.note("\(part.request.title): \(RotationListing.summary(of: part))")
    }
}
