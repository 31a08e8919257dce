import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// The AWS SDKs' credential-refresh cases.
@Suite struct CredentialCacheTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        struct Given: Decodable, Sendable {
            let cachedCredentials: String
            let accessKeyId: String?
            let refreshBackoffSeconds: TimeInterval?
            let configuredAdvisoryWindowSeconds: TimeInterval?
        }
        struct Step: Decodable, Sendable {
            let type: String
            let response: String?
            let lifetimeSeconds: TimeInterval?
            let seconds: TimeInterval?
            let rejectedAccessKeyId: String?
            let expected: Expected?
        }
        struct Expected: Decodable, Sendable {
            let result: String
            let sourceContacted: Bool
            let rateLimited: Bool
            let advisoryWindowSeconds: TimeInterval?
        }
        let description: String
        let given: Given
        let steps: [Step]

        var testDescription: String { description }
    }

    private struct File: Decodable { let tests: [Case] }

    static let cases = (try? Vectors.decode(File.self, "credential-refresh-cases.json"))?.tests ?? []

    /// A place to get credentials from that does as it is told, and counts.
    private final class Source: CredentialProvider {
        let name = "test"
        let clock = ManualClock(TestValues.date)
        private let state = Mutex<(next: Result<FoundCredentials, CredentialError>?, asked: Int)>((nil, 0))

        var asked: Int { state.withLock { $0.asked } }

        func will(_ answer: Result<FoundCredentials, CredentialError>) { state.withLock { $0.next = answer } }

        func credentials() async throws(CredentialError) -> ProviderResult { .found(try await fetch()) }

        func fetch() async throws(CredentialError) -> FoundCredentials {
            let next = state.withLock { state in
                state.asked += 1
                defer { state.next = nil }
                return state.next
            }
            guard let next else { throw .failed(source: "test", .misconfigured(reason: "nobody expected this")) }
            return try next.get()
        }

        func make(_ id: String, lifetime: TimeInterval?) throws -> FoundCredentials {
            let expiration = lifetime.map { clock.now().addingTimeInterval($0) }
            return try FoundCredentials(
                SessionCredentials(
                    accessKeyID: Secret(id), secretAccessKey: "s", sessionToken: "t", expiration: expiration),
                from: self)
        }

        func advance(_ seconds: TimeInterval) { clock.advance(by: .seconds(seconds)) }
    }

    private static let passing = CredentialError.failed(
        source: "test", .transport(.timedOut(host: "h", phase: .connect)))
    private static let lasting = CredentialError.failed(source: "test", .misconfigured(reason: "for good"))

    @Test("all 23 cases are there") func completeness() { #expect(Self.cases.count == 23) }

    @Test("as the SDKs have it", arguments: cases)
    func refresh(_ test: Case) async throws {
        let source = Source()
        let cache = CredentialCache(
            window: test.given.configuredAdvisoryWindowSeconds, backoff: test.given.refreshBackoffSeconds ?? 60,
            time: source.clock, fetch: source.fetch)
        try await fill(cache, source, test.given)
        for step in test.steps {
            switch step.type {
            case "advanceTime": source.advance(try #require(step.seconds))
            case "invalidate": await cache.reject(Secret(try #require(step.rejectedAccessKeyId)))
            default: try await check(step, cache, source)
            }
        }
    }

    /// Brings the cache into the state a case begins with: a session of an hour, of which so much is over.
    private func fill(_ cache: CredentialCache, _ source: Source, _ given: Case.Given) async throws {
        let elapsed: [String: TimeInterval] = ["valid": 60, "advisory": 50 * 60, "mandatory": 3590, "expired": 3700]
        guard let elapsed = elapsed[given.cachedCredentials] else {
            return #expect(given.cachedCredentials == "none")
        }
        source.will(.success(try source.make(given.accessKeyId ?? "CACHED", lifetime: 3600)))
        _ = try await cache.current()
        source.advance(elapsed)
    }

    private func check(_ step: Case.Step, _ cache: CredentialCache, _ source: Source) async throws {
        let expected = try #require(step.expected)
        switch step.response {
        case "freshCredentials":
            source.will(.success(try source.make("FRESH", lifetime: step.lifetimeSeconds ?? 3600)))
        case "staleCredentials": source.will(.success(try source.make("STALE", lifetime: -10)))
        case "error": source.will(.failure(Self.passing))
        case "nonRecoverableError": source.will(.failure(Self.lasting))
        default: #expect(step.response == nil)
        }
        let asked = source.asked
        do throws(CredentialError) {
            let id = try await cache.current().credentials.accessKeyID.exposedText
            #expect(expected.result == (id == "FRESH" ? "newCredentials" : "cachedCredentials"))
            #expect(id != "STALE")
        } catch {
            #expect(error == (expected.result == "nonRecoverableError" ? Self.lasting : Self.passing))
            #expect(["nonRecoverableError", "noCredentialsError"].contains(expected.result))
        }
        #expect((source.asked > asked) == expected.sourceContacted)
        if let window = expected.advisoryWindowSeconds, let lifetime = step.lifetimeSeconds {
            #expect(await cache.renewal == source.clock.now().addingTimeInterval(lifetime - window))
        }
    }

    @Test("credentials without an end are asked for once")
    func endless() async throws {
        let source = Source()
        source.will(.success(try source.make("KEY", lifetime: nil)))
        let cache = CredentialCache(time: source.clock, fetch: source.fetch)
        for _ in 1...3 {
            #expect(try await cache.current().credentials.accessKeyID.exposedText == "KEY")
            source.advance(1e8)
        }
        #expect(source.asked == 1)
    }

    @Test("the first credentials must not be over already")
    func overAtOnce() async throws {
        let source = Source()
        source.will(.success(try source.make("OLD", lifetime: -1)))
        let cache = CredentialCache(time: source.clock, fetch: source.fetch)
        let error = CredentialError.failed(source: "test", .expired(source.clock.now().addingTimeInterval(-1)))
        await #expect(throws: error) { try await cache.current() }
    }

    @Test("a source that has nothing longer is not asked at every call")
    func shortLived() async throws {
        let source = Source()
        source.will(.success(try source.make("SHORT", lifetime: 200)))
        let cache = CredentialCache(time: source.clock, fetch: source.fetch)
        for _ in 1...3 { #expect(try await cache.current().credentials.accessKeyID.exposedText == "SHORT") }
        #expect(source.asked == 1)
        source.advance(61)
        source.will(.success(try source.make("LONGER", lifetime: 3600)))
        #expect(try await cache.current().credentials.accessKeyID.exposedText == "LONGER")
    }

    @Test("a hundred callers at once are one request")
    func together() async throws {
        let source = Source()
        let credentials = try source.make("KEY", lifetime: 3600)
        let asked = Mutex(0)
        let cache = CredentialCache(time: source.clock) { () throws(CredentialError) in
            asked.withLock { $0 += 1 }
            for _ in 1...20 { await Task.yield() }
            return credentials
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...100 { group.addTask { _ = try await cache.current() } }
            try await group.waitForAll()
        }
        #expect(asked.withLock { $0 } == 1)
    }
}
