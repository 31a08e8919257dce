import Domain
import LinuxSystem

/// Runs a command beside an endpoint that keeps its credentials fresh, for as long as it runs.
struct RefreshedCommand {
    let exchange: Exchange
    /// What the last arguments of this process name.
    let command: [String]
    /// The descriptors that this process was given.
    let inherited: OpenDescriptors
    /// The signals that this process was told to ignore.
    let ignored: IgnoredSignals
    let context: Context
    let console: Console

    /// - Returns: the command's exit code, 128 and its signal where one ended it.
    /// - Throws: ``ErrorReport``, and whatever keeps the first session from being there; then the command was not run.
    func run() async throws -> Int32 {
        // Until there is a file a signal may end this process as it likes; from then on it is the command's.
        let session = try await exchange.run()
        let signals = try SignalPipe.open(ChildProcess.signals(but: ignored))
        let endpoint = try await CredentialEndpoint.open(for: "keyless-exec", context)
        do {
            let code = try await run(session, endpoint, signals)
            await endpoint.close()
            return code
        } catch {
            await endpoint.close()
            throw error
        }
    }

    private func run(
        _ session: Session, _ endpoint: CredentialEndpoint, _ signals: AsyncStream<Int32>
    ) async throws -> Int32 {
        let keeper = SessionKeeper(
            exchange: exchange, server: endpoint.server,
            path: CredentialEndpoint.path(of: CredentialEndpoint.defaultName), context: context, console: console)
        try await keeper.offer(session)
        // The rest of the config file is wanted.
        try console.tell(CredentialPrecedence(context).config)
        ChildEnvironment(try endpoint.onlyVariables(region: session.region), context).apply()
        let child: ChildProcess
        do throws(SystemError) {
            child = try ChildProcess.start(
                lastArguments: command.count, mask: context.signalMask, inheriting: inherited, ignoring: ignored,
                signals)
        } catch {
            throw ErrorReport.cannotRun(command.first ?? "", error)
        }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await keeper.keep(session) }
            let code = await child.end()
            group.cancelAll()
            return code
        }
    }
}
