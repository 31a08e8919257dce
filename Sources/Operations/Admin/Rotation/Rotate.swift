import Domain

/// `keyless rotate`: another access key for a service connection that cannot do without one yet.
package enum Rotate {
    /// - Throws: whatever ``ErrorReport`` knows.
    package static func run(_ request: RotateRequest, _ context: Context, _ console: Console) async throws {
        let network = Network(request.network, context, console)
        let administrators = Administrators(network, context, console)
        let notifier = try await notifier(request, administrators, context, console)
        let work = RotationWork(
            requests: request.rotations, manner: request.manner, mode: request.change.mode,
            administrators: administrators, network: network, context: context, console: console)
        let result = try await PlannedRun(
            work: work, change: request.change, context: context, console: console
        ).run()
        let notification = RunNotification(result.parts, request.manner)
        if notification.status != .unchanged { await notifier?.tell(notification) }
        try result.finish()
    }

    /// Who is told; `nil` if nobody is to be, or nobody can be. That is no reason to leave an old key in use.
    private static func notifier(
        _ request: RotateRequest, _ administrators: Administrators, _ context: Context, _ console: Console
    ) async throws -> Notifier? {
        if request.change.isOnlyLooking { return nil }
        do {
            return try await Notifier(request.notification, request.network, context, console) { name in
                try await administrators.parameter(name, as: request.admin)
            }
        } catch {
            let report = ErrorReport(error)
            guard report.code != .usage else { throw report }
            console.warn("nobody will be told how this ends: \(report.message)", hint: report.hints.first)
            return nil
        }
    }
}
