import Domain
import LinuxSystem

/// What `keyless exec` is asked for.
package struct ExecRequest: Sendable {
    let session: SessionRequest
    /// The command, which is also what the last arguments of this process name.
    let command: [String]
    /// Whether the command's credentials are kept fresh for as long as it runs.
    let isRefreshed: Bool
    let network: NetworkRequest

    /// - Parameter command: not empty.
    /// - Throws: ``ErrorReport`` naming the option or variable that is wrong.
    package init(
        _ session: SessionSettings, command: [String], isRefreshed: Bool, network: NetworkRequest, _ context: Context
    ) throws(ErrorReport) {
        self.session = try SessionRequest(session, context)
        try self.session.token.checkAccess()
        (self.command, self.isRefreshed, self.network) = (command, isRefreshed, network)
    }
}

/// `keyless exec`: one command with credentials.
package enum Exec {
    /// - Returns: the command's exit code, when it ran as a child; a command that takes this process's place never
    ///   comes back.
    /// - Throws: whatever ``ErrorReport`` knows; then the command was not run.
    package static func run(_ request: ExecRequest, _ context: Context, _ console: Console) async throws -> Int32 {
        let inherited = OpenDescriptors()
        let exchange = Exchange(request.session, over: Network(request.network, context, console), console)
        if request.isRefreshed {
            return try await RefreshedCommand(
                exchange: exchange, command: request.command, inherited: inherited, ignored: IgnoredSignals(),
                context: context,
                console: console
            ).run()
        }
        let session = try await exchange.run()
        ChildEnvironment(session, context).apply()
        inherited.closeLaterOnesOnExec()
        context.signalMask.restore()
        throw ErrorReport.cannotRun(
            request.command.first ?? "", ThisProcess.become(lastArguments: request.command.count))
    }
}
