import Domain
import Synchronization

/// The sessions of many profiles, got at the same time: all, or none.
struct ProfileSessions {
    /// More kinds of failure than that nobody reads.
    private static let mostFailures = 10

    let exchanges: [ProfileExchange]
    let console: Console

    init(_ exchanges: [ProfileExchange], _ console: Console) { (self.exchanges, self.console) = (exchanges, console) }

    /// - Parameter count: how many are asked for at the same time.
    /// - Returns: the sessions in the profiles' order.
    /// - Throws: ``ErrorReport`` naming every profile that failed.
    func all(atOnce count: Int) async throws(ErrorReport) -> [(name: String, session: Session)] {
        let outage = Outage()
        let results = await Fleet.run(exchanges, in: Slots(count)) { profile -> Result<Session, ErrorReport>? in
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
            let profiles = failure.names.count == 1 ? "profile" : "profiles"
            return ErrorReport(
                code, "\(profiles) \(names)\(others): \(failure.report.message)", hints: failure.report.hints)
        }
        let last = reports.removeLast()
        for report in reports { console.report(report) }
        let left = failures.dropFirst(Self.mostFailures).reduce(0) { $0 + $1.names.count }
        let rest = left == 0 ? [] : ["\(left) more profiles failed"]
        return ErrorReport(code, last.message, hints: last.hints + rest + ["no profile was written"])
    }

    private final class Outage: Sendable {
        let isThere = Mutex(false)
    }
}
