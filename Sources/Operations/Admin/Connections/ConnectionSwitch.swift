import AzureDevOps
import Domain

/// Switches a connection, and finds out whether that was done where Azure DevOps does not say so.
struct ConnectionSwitch {
    let editor: ServiceConnectionEditor
    /// `aws-prod (contoso/Web Shop)`
    let title: String
    /// Whether the connection is what it shall become.
    let isDone: (ServiceConnection) -> Bool

    /// - Parameter refused: what to do where it is certain that nothing was changed and nothing will be.
    /// - Throws: ``ErrorReport``, which says whether the connection is as it was.
    func run(_ update: ServiceConnectionUpdate, refused: () async -> Void = {}) async throws {
        do throws(OrganizationError) {
            _ = try await editor.put(update)
        } catch {
            if !error.leavesOpenWhatWasDone { await refused() }
            try await lookAgain(update.id, after: error)
        }
        do {
            _ = try await editor.awaitReady(update.id, isRight: isDone)
        } catch {
            let report = ErrorReport(error)
            throw ErrorReport(
                report.code, report.message,
                hints: report.hints + ["the change was sent: the same command again looks, and goes on from there"],
                facts: report.facts)
        }
    }

    /// After an answer that leaves open what was done.
    private func lookAgain(_ id: ServiceConnectionID, after error: OrganizationError) async throws {
        let report = ErrorReport(error, doing: "the service connection \(title) could not be switched")
        guard error.leavesOpenWhatWasDone else { throw report.adding("it is as it was") }
        let found: ServiceConnection
        do {
            found = try await editor.search.connection(id.text)
        } catch {
            throw report.adding(
                "whether it was done all the same could not be found out: the same command again looks, and goes on")
        }
        guard isDone(found) else {
            throw report.adding(
                "it is as it was, as far as can be seen; the change may still arrive, and the same command again looks")
        }
    }
}

extension OrganizationError {
    fileprivate var leavesOpenWhatWasDone: Bool {
        switch self {
        case .transport, .malformedAnswer: true
        case .failed(let status, _): status >= 500
        case .credentialRefused, .forbidden, .notFound, .throttled: false
        }
    }
}

extension ErrorReport {
    /// The same with what is to be known first.
    func adding(_ hint: String) -> ErrorReport {
        ErrorReport(code, message, hints: [hint] + hints, facts: facts)
    }
}
