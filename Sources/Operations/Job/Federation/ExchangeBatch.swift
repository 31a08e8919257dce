import Domain
import Synchronization

/// A session among many, under the name that it has there: a profile's, or that of a role that is served.
package struct NamedSessionRequest: Sendable {
    let name: String
    /// `line 3 of FILE`; `nil` on the command line.
    let place: String?
    let session: SessionRequest

    /// - Throws: ``ErrorReport`` naming the place.
    init(_ name: String, place: String? = nil, _ settings: SessionSettings, _ context: Context) throws(ErrorReport) {
        (self.name, self.place) = (name, place)
        do throws(ErrorReport) {
            session = try SessionRequest(settings, context)
        } catch {
            throw Self.located(error, name, place)
        }
    }

    /// The same mistake with the profile it is in.
    func located(_ report: ErrorReport) -> ErrorReport { Self.located(report, name, place) }

    /// An option that is wrong in a file is the file's fault.
    private static func located(_ report: ErrorReport, _ name: String, _ place: String?) -> ErrorReport {
        guard let place else { return report }
        return ErrorReport(
            report.code == .usage ? .badInput : report.code, "profile \(name), \(place): \(report.message)",
            hints: report.hints, facts: report.facts)
    }
}

/// Many exchanges at the same time: the sessions of all, or none.
struct ExchangeBatch: Sendable {
    /// More kinds of failure than that nobody reads.
    private static let mostFailures = 10
    /// So many are asked for at the same time.
    private static let mostAtOnce = 16

    /// One exchange among many.
    struct Member: Sendable {
        let name: String
        let exchange: Exchange
    }

    let members: [Member]
    /// What they are to the user: `profile`.
    private let noun: String
    /// What is not done if one fails: `no profile was written`.
    private let consequence: String
    private let console: Console

    /// They share connections, and the token when they ask for the same one. Each has the whole of `--timeout` for
    /// itself by ``Exchange/renewed()``.
    init(
        _ requests: [NamedSessionRequest], noun: String, consequence: String, over network: Network, _ console: Console
    ) {
        var tokens: [[String]: SharedToken] = [:]
        members = requests.map { request in
            let source = request.session.token
            let shared = tokens[source.identity] ?? SharedToken(source)
            tokens[source.identity] = shared
            return Member(
                name: request.name, exchange: Exchange(request.session, tokens: shared, over: network, console))
        }
        (self.noun, self.consequence, self.console) = (noun, consequence, console)
    }

    /// - Returns: the sessions in the members' order.
    /// - Throws: ``ErrorReport`` naming every one that failed.
    func sessions() async throws(ErrorReport) -> [(name: String, session: Session)] {
        let outage = Outage()
        let results = await Concurrently.map(members, in: Slots(Self.mostAtOnce)) {
            member -> Result<Session, ErrorReport>? in
            // Nothing will be written any more, and a service that is down is not waited for once more.
            if outage.isThere.withLock({ $0 }) { return nil }
            do {
                return .success(try await member.exchange.renewed().run())
            } catch {
                let report = ErrorReport(error)
                if report.code == .unavailable || report.code == .throttled { outage.isThere.withLock { $0 = true } }
                return .failure(report)
            }
        }
        var sessions: [(name: String, session: Session)] = []
        var failures: [(report: ErrorReport, names: [String])] = []
        for (member, result) in zip(members, results) {
            switch result {
            case .success(let session)?: sessions.append((member.name, session))
            case .failure(let report)?:
                if let same = failures.firstIndex(where: { $0.report.message == report.message }) {
                    failures[same].names.append(member.name)
                } else {
                    failures.append((report, [member.name]))
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
                code, "\(nouns) \(names)\(others): \(failure.report.message)", hints: failure.report.hints,
                facts: failure.report.facts)
        }
        let last = reports.removeLast()
        for report in reports { console.report(report) }
        let left = failures.dropFirst(Self.mostFailures).reduce(0) { $0 + $1.names.count }
        let rest = left == 0 ? [] : ["\(left) more \(noun)s failed"]
        return ErrorReport(code, last.message, hints: last.hints + rest + [consequence], facts: last.facts)
    }

    private final class Outage: Sendable {
        let isThere = Mutex(false)
    }
}
