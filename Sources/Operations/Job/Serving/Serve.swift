import Domain
import LinuxSystem

/// `keyless serve`: credentials that last as long as the job.
package enum Serve {
    /// - Returns: what this process returns.
    /// - Throws: whatever ``ErrorReport`` knows; then nothing is served.
    package static func run(_ request: ServeRequest, _ context: Context, _ console: Console) async throws -> Int32 {
        switch request {
        case .startInBackground: return try BackgroundProcess.start()
        case .stop(let format): try await EndpointStop(format: format, context: context, console: console).run()
        case .serve(let roles):
            let batch = ExchangeBatch(
                roles.sessions, noun: "role", consequence: "nothing is served",
                over: Network(roles.network, context, console), console)
            try await Serving(request: roles, batch: batch, context: context, console: console).run()
        }
        return ExitCode.done.rawValue
    }
}
