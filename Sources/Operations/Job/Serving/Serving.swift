import CredentialServer
import Domain
import FoundationEssentials
import LinuxSystem

/// Gives the credentials of roles on an endpoint, from the first session of each to the end of the job.
struct Serving: Sendable {
    /// The first part of the name of the endpoint's directory.
    static let purpose = "keyless-serve"

    static let logName = "log"
    /// Between two looks at whether somebody waits for the start.
    private static let pause = Duration.milliseconds(100)

    let request: ServedRoles
    /// The exchange of each role, in their order.
    let batch: ExchangeBatch
    let context: Context
    let console: Console

    private enum Step { case started([Session]), ended }

    /// Returns when it has ended as it should: with the job, at its time, or because somebody asked.
    ///
    /// - Throws: ``ErrorReport``, and whatever keeps a first session from being there; then nothing is left.
    func run() async throws {
        let ignored = IgnoredSignals()
        // Somebody who does not read on is an error like others, and no reason to leave files.
        ThisProcess.ignoreBrokenPipes()
        if let descriptor = request.readyDescriptor { BackgroundProcess.leaveSession(keeping: descriptor) }
        let watch = JobWatch.find(
            isPipeline: context.isPipeline, isBackground: request.readyDescriptor != nil)
        let signals = try SignalPipe.openEndings(but: ignored)
        let endpoint = try await CredentialEndpoint.open(for: Self.purpose, port: Int(request.port ?? 0), context)
        do {
            try await serve(on: endpoint, watch, signals)
            await endpoint.close()
        } catch {
            await endpoint.close()
            throw error
        }
    }

    private func serve(
        on endpoint: CredentialEndpoint, _ watch: JobWatch?, _ signals: AsyncStream<Int32>
    ) async throws {
        try await withThrowingTaskGroup(of: Step.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                await end(of: endpoint, watch, signals)
                return .ended
            }
            group.addTask { .started(try await sessions(for: request.readyDescriptor)) }
            guard case .started(let sessions)? = try await group.next() else { throw Self.endedEarly }
            let keepers = batch.members.map { keeper($0, endpoint.server) }
            for (keeper, session) in zip(keepers, sessions) { try await keeper.offer(session) }
            try announce(endpoint, region: sessions.first?.region, watch)
            for (keeper, session) in zip(keepers, sessions) {
                group.addTask {
                    await keeper.keep(session)
                    return .ended
                }
            }
            _ = try await group.next()
        }
    }

    private func keeper(_ role: ExchangeBatch.Member, _ server: CredentialServer) -> SessionKeeper {
        SessionKeeper(
            exchange: role.exchange, server: server, path: CredentialEndpoint.path(of: role.name),
            context: context, console: console)
    }

    /// Returns as soon as there is a reason to end.
    private func end(of endpoint: CredentialEndpoint, _ watch: JobWatch?, _ signals: AsyncStream<Int32>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signals { return } }
            group.addTask { try? await context.time.sleep(for: request.until.span(from: context.time.now())) }
            if let watch { group.addTask { await watch.end(context.time) } }
            group.addTask { await endpoint.loss(context.time) }
            await group.next()
            group.cancelAll()
        }
    }

    private static let endedEarly = ErrorReport(.unavailable, "ended before there were credentials")

    /// The first sessions, as long as somebody waits for this process to be ready.
    private func sessions(for descriptor: Int32?) async throws -> [Session] {
        guard let descriptor else { return try await sessions() }
        return try await withThrowingTaskGroup(of: [Session]?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await sessions() }
            group.addTask {
                // A pipe does not tell whoever writes to it.
                while !BackgroundProcess.isAbandoned(descriptor) { try await context.time.sleep(for: Self.pause) }
                return nil
            }
            guard let sessions = try await group.next() ?? nil else { throw Self.endedEarly }
            return sessions
        }
    }

    /// The first session of each role, in their order.
    private func sessions() async throws -> [Session] {
        if batch.members.count == 1 { return [try await batch.members[0].exchange.run()] }
        return try await batch.sessions().map(\.session)
    }

    /// Says where the endpoint is. From then on nobody may be there to read what is said.
    private func announce(_ endpoint: CredentialEndpoint, region: String?, _ watch: JobWatch?) throws {
        let precedence = CredentialPrecedence(context)
        try console.tell(
            (request.format.canUnset ? [] : precedence.lastingVariables) + precedence.config + precedence.credentials)
        let text = EndpointText(
            endpoint: endpoint, roles: batch.members.map(\.name), region: region, precedence: precedence)
        if request.readyDescriptor.map(BackgroundProcess.isAbandoned) == true { throw Self.endedEarly }
        let log = request.readyDescriptor == nil ? nil : try endpoint.directory.create(Self.logName)
        try context.standardOutput.write(text.render(request.format))
        let end = watch.map { "process \($0.process.id) ends" } ?? "'keyless serve --stop'"
        let latest = Timestamp(
            context.time.now().addingTimeInterval(request.until.span(from: context.time.now()) / .seconds(1)))
        console.note("serving on 127.0.0.1:\(endpoint.port) until \(end), at the latest until \(latest.text)")
        if let log, let ready = request.readyDescriptor {
            try BackgroundProcess.tell(ready, leavingStreamsFor: log)
        }
    }
}
