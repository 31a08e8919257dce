import CredentialServer
import CurlTransport
import Domain
import Emulator
import Foundation
import LinuxSystem
import TestSupport
import Testing

@testable import Operations

/// With the sandbox's services, and clocks that do as they are told.
@Suite("A session that is kept") struct SessionKeeperTests {
    private let time = ManualClock(Date(), sleepers: .waiting)

    /// Keeps a session of an hour while `steer` moves the clocks.
    private func keep(_ steer: (SessionKeeper, Sandbox) async throws -> Void) async throws {
        let sandbox = try await Sandbox.start()
        let server = try await CredentialServer.start(CredentialServer.Configuration(), time: time) { _ in true }
        var context = Context.test(sandbox.environment)
        context.time = time
        context.makeHTTPClient = { CurlHTTPClient($0, time: SystemTime()) }
        let console = Console(context, verbosity: .quiet)
        let network = try NetworkRequest.test(context, trusting: sandbox.trustedHosts)
        let keeper = SessionKeeper(
            exchange: Exchange(
                try SessionRequest(SessionSettings(), context), over: Network(network, context, console), console),
            server: server, path: "/role/default", context: context, console: console)
        let first = try await keeper.exchange.run()
        try await keeper.offer(first)
        let keeping = Task { await keeper.keep(first) }
        await time.isAsleep()
        let result: Result<Void, any Error>
        do { result = .success(try await steer(keeper, sandbox)) } catch { result = .failure(error) }
        keeping.cancel()
        await keeping.value
        await server.stop()
        await sandbox.stop()
        try result.get()
    }

    private func sessions(_ sandbox: Sandbox) -> Int { sandbox.log.count("AssumeRoleWithWebIdentity") }

    /// In steps as long as the keeper sleeps.
    private func pass(minutes: Int) async {
        for _ in 0..<(minutes * 4) {
            time.advance(by: .seconds(15))
            await time.isAsleep()
        }
    }

    @Test("is renewed when two thirds of it are over")
    func renewal() async throws {
        try await keep { _, sandbox in
            await pass(minutes: 39)
            #expect(sessions(sandbox) == 1)
            sandbox.clock.advance(by: .seconds(40 * 60))
            await pass(minutes: 2)
            #expect(sessions(sandbox) == 2)
        }
    }

    @Test("is renewed in time though the clock was set back, and when it was set ahead")
    func clocks() async throws {
        try await keep { _, sandbox in
            // By the clock the hour has just begun, in truth twenty minutes are left.
            await pass(minutes: 39)
            time.set(time.now().addingTimeInterval(-40 * 60))
            await pass(minutes: 2)
            #expect(sessions(sandbox) == 2)
            // By the clock ten minutes are left, in truth the hour has just begun.
            time.set(time.now().addingTimeInterval(50 * 60))
            sandbox.clock.advance(by: .seconds(50 * 60))
            await pass(minutes: 1)
            #expect(sessions(sandbox) == 3)
        }
    }
}
