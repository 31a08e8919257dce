import Domain
import LinuxSystem

/// How far a command goes that changes things, and for whom it prints.
package struct ChangeRequest: Sendable {
    package enum Mode: Sendable {
        /// `--dry-run`: the plan is shown.
        case show
        /// `--check`: the plan is shown, and anything in it is an error.
        case check
        /// The plan is shown, and carried out once a person agrees.
        case ask
        /// `--yes`: it is carried out without a question.
        case apply
    }

    package let mode: Mode
    /// Whether what only confirms is skipped.
    package let isOffline: Bool
    package let output: OutputForm

    package init(_ mode: Mode, isOffline: Bool = false, output: OutputForm = .text) {
        (self.mode, self.isOffline, self.output) = (mode, isOffline, output)
    }

    /// Whether nothing is changed, whatever there is to do.
    var isOnlyLooking: Bool { mode == .show || mode == .check }
}

/// A part of what a run changes, such as an account, as it was looked at or as it has become.
protocol PlannedPart: Sendable {
    associatedtype Plan: Equatable

    /// What a person agrees to: while it stays the same, nobody need be asked again.
    var plan: Plan { get }
    var status: PartStatus { get }
    /// Why it failed.
    var error: ErrorReport? { get }
}

extension PlannedPart {
    var isToChange: Bool { status == .toChange }
}

/// A step of a plan, for whoever reads it.
struct PlannedStep: Sendable {
    /// For programs: `create`, `iam:CreateRole`. It never changes.
    let action: String
    /// For a person, in words that begin with a verb.
    let summary: String
    /// Every value that is set.
    var details: [String] = []
}

extension PlannedPart {
    /// The part for a program: what every part has, and what only parts of its kind have.
    func json(_ steps: [PlannedStep], _ members: [String: JSONValue]) -> [String: JSONValue] {
        var all = members
        all["status"] = .text(status.rawValue)
        all["steps"] = .list(
            steps.map { step in
                var members: [String: JSONValue] = ["action": .text(step.action), "summary": .text(step.summary)]
                if !step.details.isEmpty { members["details"] = .list(step.details.map { .text($0) }) }
                return .members(members)
            })
        if let error { all["error"] = .text(error.message) }
        return all
    }
}

/// What a command looks at and changes. ``PlannedRun`` says when.
protocol PlannedWork: Sendable {
    associatedtype Part: PlannedPart

    /// What a part is called: `account`.
    var noun: String { get }
    /// So many parts are worked on at once.
    var slots: Slots { get }
    /// Whether there may be so many parts that nobody reads each plan: with `--yes` each is changed as soon as it was
    /// looked at.
    var isTooMuchToRead: Bool { get }

    /// Looks at every part.
    ///
    /// - Parameter next: done with each part as soon as it was looked at.
    /// - Returns: the parts as `next` left them, and what made the list of them break off.
    /// - Throws: what keeps any part from being looked at.
    func look(
        then next: @escaping @Sendable (Part) async -> Part
    ) async throws -> (parts: [Part], failure: (any Error)?)
    /// Looks at a part once more, right before it is changed.
    func lookAgain(at part: Part) async -> Part
    /// Carries out the plan of a part.
    func apply(_ part: Part) async -> Part

    /// The plan, or with `isResult` what came of it, for a person; `nil` if there is nothing to show.
    func text(of parts: [Part], isResult: Bool) -> String?
    /// The same for a program.
    func json(of parts: [Part]) -> String
    /// Says what a person should know before agreeing.
    ///
    /// - Parameter parts: as they were looked at; `nil` if each is changed at once.
    func explain(_ parts: [Part]?)
    /// Says in a few words what was done.
    func conclude(_ parts: [Part])
}

extension PlannedWork {
    var isTooMuchToRead: Bool { false }

    func explain(_ parts: [Part]?) {}
}

/// The one way in which commands change things: look, plan, show, agree, look again, apply, report.
///
/// What is applied is planned from what is there at that moment, not from what was there when a person began to read.
struct PlannedRun<Work: PlannedWork>: Sendable {
    let work: Work
    let change: ChangeRequest
    let context: Context
    let console: Console

    /// - Returns: what became of every part; of a plan that was only shown, the plan.
    /// - Throws: ``ErrorReport`` if nobody agreed, and what keeps the parts from being looked at.
    func run() async throws -> PlannedResult<Work.Part> {
        if change.mode == .apply && work.isTooMuchToRead { return try await applyAtOnce() }
        let looked = try await work.look { $0 }
        if let failure = looked.failure { throw failure }
        guard looked.parts.contains(where: \.isToChange), !change.isOnlyLooking else {
            try show(looked.parts)
            work.explain(looked.parts)
            return result(looked.parts)
        }
        let parts = try await agreed(looked.parts)
        guard parts.contains(where: \.isToChange) else {
            try show(parts)
            return result(parts)
        }
        // A reader that has gone away ends no run half-way.
        ThisProcess.ignoreBrokenPipes()
        let changed = await apply(parts)
        let unwritten = change.output == .json || changed.count > 1 ? shown(changed) : nil
        work.conclude(changed)
        return result(changed, hasApplied: true, unwritten)
    }

    /// Each part is looked at and changed in one go: nothing comes between the two that could go stale.
    private func applyAtOnce() async throws -> PlannedResult<Work.Part> {
        work.explain(nil)
        ThisProcess.ignoreBrokenPipes()
        let (parts, failure) = try await work.look { $0.isToChange ? await work.apply($0) : $0 }
        if parts.isEmpty, let failure { throw failure }
        let unwritten = shown(parts)
        if let failure {
            let report = ErrorReport(failure)
            throw ErrorReport(
                .resumable, report.message, hints: report.hints + [PlannedResult<Work.Part>.again],
                facts: report.facts)
        }
        return result(parts, hasApplied: true, unwritten)
    }

    /// Shows what came of it. What is done is done, whether or not that can be written.
    private func shown(_ parts: [Work.Part]) -> ErrorReport? {
        do {
            try show(parts, isResult: true)
            return nil
        } catch {
            return ErrorReport(error)
        }
    }

    /// Shows the plan, has it agreed to and looks again, until what was agreed to is what is there.
    private func agreed(_ looked: [Work.Part]) async throws -> [Work.Part] {
        var shown = looked
        while true {
            try showPlan(shown)
            work.explain(shown)
            try agree()
            let present = await Concurrently.map(shown, in: work.slots) {
                $0.isToChange ? await work.lookAgain(at: $0) : $0
            }
            // A part that could not be looked at, for a reason that passes, says nothing of what others did.
            let isSame = zip(shown, present).allSatisfy { before, now in
                now.error?.canPass == true || before.plan == now.plan && before.status == now.status
            }
            if isSame { return present }
            console.warn("the plan has changed: someone else made changes in the meantime")
            guard present.contains(where: \.isToChange) else { return present }
            if change.mode == .apply {
                try showPlan(present)
                work.explain(present)
                return present
            }
            shown = present
        }
    }

    /// Asks, unless `--yes` was given.
    private func agree() throws(ErrorReport) {
        if change.mode == .apply { return }
        guard let confirm = context.confirm else {
            throw ErrorReport(
                .usage, "nobody is here to agree to the plan, so nothing was changed",
                hints: ["--yes makes the changes without asking, --dry-run only shows them"])
        }
        guard confirm("Do this?") else { throw ErrorReport(.usage, "nothing was changed") }
    }

    private func apply(_ parts: [Work.Part]) async -> [Work.Part] {
        let (count, noun) = (parts.count, work.noun)
        defer { if count > 1 { console.endProgress() } }
        return await Concurrently.map(parts, in: work.slots) {
            $0.isToChange ? await work.apply($0) : $0
        } finished: {
            if count > 1 { console.progress($0, of: count, "\(noun)s done") }
        }
    }

    /// What a person agrees to. A program reads one answer, the result; whoever is asked beside it reads on stderr.
    private func showPlan(_ parts: [Work.Part]) throws {
        if change.output == .text { return try show(parts) }
        guard change.mode == .ask, context.confirm != nil, let text = work.text(of: parts, isResult: false) else {
            return
        }
        try context.standardError.write(Secret(text))
    }

    private func show(_ parts: [Work.Part], isResult: Bool = false) throws {
        if change.output == .json { return try context.standardOutput.write(Secret(work.json(of: parts))) }
        // The failure of a single part is told once, as an error.
        if parts.count == 1, parts[0].error != nil { return }
        if let text = work.text(of: parts, isResult: isResult) { try context.standardOutput.write(Secret(text)) }
    }

    private func result(
        _ parts: [Work.Part], hasApplied: Bool = false, _ unwritten: ErrorReport? = nil
    ) -> PlannedResult<Work.Part> {
        PlannedResult(
            parts: parts, noun: work.noun, mode: change.mode, hasApplied: hasApplied, unwritten: unwritten)
    }
}

/// How a ``PlannedRun`` ended.
struct PlannedResult<Part: PlannedPart>: Sendable {
    static var again: String { "what is done stays done: run it again for the rest" }

    let parts: [Part]
    let noun: String
    let mode: ChangeRequest.Mode
    /// Whether anything was carried out.
    let hasApplied: Bool
    /// Why the result could not be written.
    let unwritten: ErrorReport?

    /// What the command ends with.
    ///
    /// - Throws: ``ErrorReport`` if that is not well: a part that failed, or with `--check` anything to do.
    func finish() throws(ErrorReport) {
        let failures = parts.compactMap(\.error)
        if let first = failures.first {
            guard parts.count > 1 else { throw first }
            throw ErrorReport(
                .resumable,
                "\(failures.count) of \(parts.count) \(noun)s failed, the first of them: \(first.message)",
                hints: first.hints + (hasApplied ? [Self.again] : []), facts: first.facts)
        }
        if let unwritten {
            throw ErrorReport(unwritten.code, unwritten.message, hints: unwritten.hints + ["the changes were made"])
        }
        if mode == .check && parts.contains(where: \.isToChange) {
            throw ErrorReport(
                .checkFailed, "not all is as it shall be", hints: ["--yes in place of --check changes it"])
        }
    }
}

/// What is about to be replaced or taken away is not what the plan says.
struct ChangedMeanwhile: Error {
    static let advice = "run it again: the new plan starts from what is there now"

    /// `the role deploy`
    let what: String
}
