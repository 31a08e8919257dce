import Domain
import Synchronization

/// The sessions of many exchanges, got at the same time: all, or none.
struct NamedSessions {
    /// More kinds of failure than that nobody reads.
    private static let mostFailures = 10

    /// So many are asked for at the same time.
    private static let mostAtOnce = 16

    let exchanges: [NamedExchange]
    /// What they are to the user: `profile`.
    let noun: String
    /// What is not done where one fails: `no profile was written`.
    let consequence: String
    let console: Console

    /// - Returns: the sessions in the exchanges' order.
    /// - Throws: ``ErrorReport`` naming every one that failed.
    func all() async throws(ErrorReport) -> [(name: String, session: Session)] {
        let outage = Outage()
        let results = await Fleet.run(exchanges, in: Slots(Self.mostAtOnce)) {
            profile -> Result<Session, ErrorReport>? in
            // Nothing will be written any more, and a service that is down is not waited for once more.
            if outage.isThere.withLock({ $0 }) { return nil }
            do {
                return .success(try await profile.exchange.renewed().run())
            } catch {
                let report = ErrorReport(error)
                if report.code == .unavailable || report.code == .throttled { outage.isThere.withLock { $0 = true } }
                return .failure(report)
            }
        }
        var sessions: [(name: String, session: Session)] = []
        var failures: [(report: ErrorReport, names: [String])] = []
        for (profile, result) in zip(exchanges, results) {
            switch result {
            case .success(let session)?: sessions.append((profile.name, session))
            case .failure(let report)?:
                if let same = failures.firstIndex(where: { $0.report.message == report.message }) {
                    failures[same].names.append(profile.name)
                } else {
                    failures.append((report, [profile.name]))
                }
            case nil: break
            }
        }
        if !failures.isEmpty { throw report(failures) }
        return sessions
    }

    /// What failed alike is one error. All but the last are said here.
    private func report(_ failures: [(report: ErrorReport, names: [String])]) -> ErrorReport {
        let code = failures[0].report.code
        var reports = failures.prefix(Self.mostFailures).map { failure in
            let names = failure.names.prefix(3).joined(separator: ", ")
            let others = failure.names.count > 3 ? " and \(failure.names.count - 3) more" : ""
            let nouns = failure.names.count == 1 ? noun : "\(noun)s"
            return ErrorReport(
                code, "\(nouns) \(names)\(others): \(failure.report.message)", hints: failure.report.hints)
        }
        let last = reports.removeLast()
        for report in reports { console.report(report) }
        let left = failures.dropFirst(Self.mostFailures).reduce(0) { $0 + $1.names.count }
        let rest = left == 0 ? [] : ["\(left) more \(noun)s failed"]
        return ErrorReport(code, last.message, hints: last.hints + rest + [consequence])
    }

    private final class Outage: Sendable {
        let isThere = Mutex(false)
    }
}
