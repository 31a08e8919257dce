import AWS
import AzureDevOps
import Domain
import FoundationEssentials

/// One rotation on its way: asks the rules what is next, does it, and sees what came of it.
struct Rotation: Sendable {
    /// How often a run looks anew after something went wrong, before it gives up.
    private static let mostSurprises = 4

    let request: RotationRequest
    let manner: RotationManner
    let services: RotationServices
    let console: Console

    var rules: RotationRules
    var reading: RotationReading
    /// The keys that this run created, or found the secret of.
    var pairs: [String: AccessKeyPair] = [:]
    /// What was done so far.
    private(set) var steps: [RotationStep] = []
    private var surprises = 0
    private var failure: RotationFailure?

    /// Looks at everything.
    ///
    /// - Throws: what ``RotationReading/of(_:_:)`` throws.
    init(
        _ request: RotationRequest, _ manner: RotationManner, _ services: RotationServices, _ console: Console
    ) async throws {
        (self.request, self.manner, self.services, self.console) = (request, manner, services, console)
        rules = manner.rules(grace: request.grace)
        reading = try await RotationReading.of(request, services)
        rules.adapt(to: RotationState(reading.observation))
    }

    /// What will be done.
    var plan: RotationPlan { RotationPlan(manner.rules(grace: request.grace), from: reading.observation) }

    /// Goes all the way.
    ///
    /// - Returns: how it ended.
    /// - Throws: ``RotationFailure``, ``RotationRefusal``.
    mutating func run() async throws -> RotationEnd {
        while true {
            let step = rules.next(RotationState(reading.observation), reading.observation)
            switch step {
            case .end(.retiring(let key, let until)) where manner.waits && failure == nil:
                do {
                    try await wait(until: until)
                } catch {
                    throw RotationFailure(step: .delete(key: key, .retired), cause: ErrorReport(error), second: nil)
                }
            case .end(let end):
                if let failure { throw failure }
                return end
            case .refuse(let refusal):
                if let failure { throw failure }
                throw refusal
            default:
                try await take(step)
            }
        }
    }

    private mutating func take(_ step: RotationStep) async throws {
        console.detail("\(request.title): \(RotationListing.words(for: step, request, manner))")
        do {
            let done = try await perform(step)
            let now = services.time.now()
            reading.observation.apply(step, created: done.created, version: done.version, at: now)
            steps.append(step)
            rules.adapt(after: step)
        } catch {
            try await recover(from: error, at: step)
        }
    }

    /// Sees what came of a step that failed, and chooses the way on: further, where it took effect all the same, or
    /// back.
    private mutating func recover(from error: any Error, at step: RotationStep) async throws {
        surprises += 1
        // The key that is in the way came from another run, which may be about to use it.
        if step == .create, Self.isTaken(error) {
            throw failure ?? RotationFailure(step: step, cause: ErrorReport(error), second: nil)
        }
        console.detail("\(request.title): \(ErrorReport(error).message); looking again")
        let before = reading.observation
        do {
            reading = try await RotationReading.of(request, services)
        } catch let second {
            throw failure ?? RotationFailure(step: step, cause: ErrorReport(error), second: ErrorReport(second))
        }
        reading.observation = reading.observation.keepingOwn(of: before)
        let state = RotationState(reading.observation)
        let next = rules.next(state, reading.observation)
        if surprises <= Self.mostSurprises {
            if next != step { return }
            // An answer to it was lost once, and nothing came of it. The others were tried again already.
            if step == .create, ErrorReport(error).canPass { return }
        }
        try turnBack(from: error, at: step, in: state)
    }

    /// Whether there was no place for another key.
    private static func isTaken(_ error: any Error) -> Bool {
        (error as? AWSError)?.code == "LimitExceeded"
    }

    private mutating func turnBack(from error: any Error, at step: RotationStep, in state: RotationState) throws {
        let isUndoing = failure != nil
        let failure =
            self.failure ?? RotationFailure(step: step, cause: ErrorReport(error), second: nil)
        rules.recover(in: state)
        // Beyond the connection there is no way back; and while its update may still be on its way, no key may go.
        guard rules.goal == .undo, !isUndoing, !Self.mayStillTakeEffect(step, error) else {
            throw failure.resumable(after: isUndoing ? ErrorReport(error) : nil)
        }
        self.failure = failure.undone(isNewKeyThere: state.hasUnusedKey)
    }

    /// Whether the service connection may be written although nobody said so.
    private static func mayStillTakeEffect(_ step: RotationStep, _ error: any Error) -> Bool {
        guard case .connect = step, case .transport(let failure)? = error as? OrganizationError else {
            return false
        }
        switch failure {
        case .timedOut, .connectionLost, .tooLarge, .cancelled: return true
        case .cannotResolve, .cannotConnect, .tls, .proxy, .untrusted, .configuration: return false
        }
    }

    private mutating func wait(until date: Date) async throws {
        // What is waited for is the end of a rotation, not another one.
        if rules.goal == .rotate { rules.goal = .complete }
        console.note("waiting until \(Timestamp(date).text), then \(request.userName)'s old key is deleted")
        let time = services.time
        try await time.sleep(for: .seconds(max(0.1, date.timeIntervalSince(time.now()))))
        let before = reading.observation
        reading = try await RotationReading.of(request, services)
        reading.observation = reading.observation.keepingOwn(of: before)
    }
}
