import AzureDevOps
import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Operations

@Suite("A token that exchanges share") struct SharedTokenTests {
    /// Gives another token each time, which lives for so many seconds.
    private final class Issuer: HTTPClient {
        private let clock: ManualClock
        private let state: Mutex<(minted: Int, lifetime: Int, status: Int)>
        /// Whether everybody has come who is to have the next token.
        private let isComplete = Mutex<(@Sendable () async -> Bool)?>(nil)

        init(_ clock: ManualClock, lifetime: Int, status: Int = 200) {
            self.clock = clock
            state = Mutex((0, lifetime, status))
        }

        var minted: Int { state.withLock { $0.minted } }

        func hold(until isComplete: @escaping @Sendable () async -> Bool) {
            self.isComplete.withLock { $0 = isComplete }
        }

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            if let isComplete = isComplete.withLock({ $0.take() }) {
                let before = minted
                // Another one that is minted meanwhile is what must not be.
                while await !isComplete(), minted == before { await Task.yield() }
            }
            let (number, lifetime, status) = state.withLock { state in
                state.minted += 1
                return (state.minted, state.lifetime, state.status)
            }
            let end = Int(clock.now().timeIntervalSince1970) + lifetime
            let parts = ["{}", #"{"iss":"i","sub":"\#(number)","aud":"a","exp":\#(end)}"#, "x"].map {
                Data($0.utf8).base64EncodedString().replacingOccurrences(of: "=", with: "")
            }
            return HTTPResponse(
                status: status, fields: [("Content-Type", "application/json")],
                body: Secret(#"{"oidcToken":"\#(parts.joined(separator: "."))"}"#))
        }

        func warmUp(_ url: HTTPURL, limits: HTTPLimits) async {}
    }

    private let clock = ManualClock()

    private func world(_ issuer: Issuer) throws -> (SharedToken, Network, Console) {
        var context = Context.test(
            [
                "SYSTEM_OIDCREQUESTURI": "https://dev.azure.com/contoso/oidctoken", "SYSTEM_ACCESSTOKEN": "access",
                "TF_BUILD": "True",
            ], http: issuer)
        context.time = clock
        let console = Console(context, verbosity: .quiet)
        return (
            SharedToken(try TokenSource(TokenSettings(), context)),
            Network(try .test(context), context, console), console
        )
    }

    @Test("is minted once, however many ask at the same time") func single() async throws {
        let issuer = Issuer(clock, lifetime: 600)
        let (token, network, console) = try world(issuer)
        issuer.hold { await token.waiting.count == 39 }
        let subjects = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<40 { group.addTask { try await token.token(over: network, console).claims.subject } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(subjects == ["1"] && issuer.minted == 1)
        #expect(await token.isAtHand(clock))
    }

    @Test("is minted anew where it is stale, once for all who say so") func stale() async throws {
        let issuer = Issuer(clock, lifetime: 600)
        let (token, network, console) = try world(issuer)
        let first = try await token.token(over: network, console)
        issuer.hold { await token.waiting.count == 9 }
        let subjects = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<10 {
                group.addTask { try await token.token(insteadOf: first, over: network, console).claims.subject }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(subjects == ["2"] && issuer.minted == 2)
        #expect(try await token.token(insteadOf: first, over: network, console).claims.subject == "2")
    }

    @Test("is not used for long, nor shortly before its end", arguments: [(600, 59, 1), (600, 61, 2), (100, 41, 2)])
    func age(lifetime: Int, wait: Int, minted: Int) async throws {
        let issuer = Issuer(clock, lifetime: lifetime)
        let (token, network, console) = try world(issuer)
        _ = try await token.token(over: network, console)
        clock.advance(by: .seconds(wait))
        _ = try await token.token(over: network, console)
        #expect(issuer.minted == minted)
    }

    @Test("fails for all who wait for it, and is asked for again by the next") func failure() async throws {
        let issuer = Issuer(clock, lifetime: 600, status: 403)
        let (token, network, console) = try world(issuer)
        issuer.hold { await token.waiting.count == 9 }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    await #expect(throws: OIDCTokenError.self) { try await token.token(over: network, console) }
                }
            }
        }
        #expect(issuer.minted == 1)
        await #expect(throws: OIDCTokenError.self) { try await token.token(over: network, console) }
        #expect(issuer.minted == 2)
    }
}
