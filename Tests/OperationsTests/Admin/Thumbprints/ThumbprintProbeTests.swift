import Domain
import Emulator
import Foundation
import LinuxSystem
@testable import Operations
import Synchronization
import Testing

/// The probe over real TLS, real proxies and libcurl. The thumbprints expected are those of OpenSSL's own commands.
@Suite struct ThumbprintProbeTests {
    typealias Host = TestProvider.Host

    private static let limits = HTTPLimits(total: .seconds(60), connect: .seconds(60), firstByte: .seconds(60))

    /// Looks at a provider.
    ///
    /// - Parameters:
    ///   - system: the file of the authorities that stand for the system's; `nil` for this machine's own.
    ///   - bundle: the file of `--ca-bundle`.
    private func observe(
        _ provider: TestProvider, system: String? = nil, bundle: String? = nil, limits: HTTPLimits = limits,
        time: any TimeSource = SystemTime()
    ) async throws -> Result<ThumbprintObservation, ThumbprintFailure> {
        let probe = ThumbprintProbe(
            systemClient: try provider.client(trusting: system),
            bundleClient: try bundle.map { try provider.client(trusting: $0) }, time: time)
        do throws(ThumbprintFailure) {
            return .success(try await probe.observeOnce(provider.issuer, limits: limits))
        } catch {
            return .failure(error)
        }
    }

    /// What comes of a provider with these answers, where it is a failure.
    private func failure(
        document: ServerAnswer = TestProvider.document(), keys: ServerAnswer = TestProvider.keys,
        limits: HTTPLimits = limits
    ) async throws -> ThumbprintFailure? {
        let authority = try await TestProvider.authority()
        let provider = try await TestProvider.start(
            issuer: Host(authority: authority), keys: Host(authority: authority), document: document, keys: keys)
        let result = try await observe(provider, system: authority.rootFile, limits: limits)
        await provider.stop()
        if case .failure(let failure) = result { return failure }
        return nil
    }

    // MARK: - What is seen

    @Test("the last certificate counts, whichever it is", arguments: [1, 2, 3])
    func shapes(count: Int) async throws {
        let authority = try await TestProvider.authority()
        let host = Host(authority: authority, presents: count)
        let provider = try await TestProvider.start(issuer: host, keys: host)
        // With the intermediate in it, so that a leaf alone can be verified too.
        let directory = try TemporaryDirectory()
        let files = [try await authority.identity().chainFile, authority.rootFile]
        try files.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
            .write(toFile: directory.file("bundle.pem"), atomically: false, encoding: .utf8)

        let observation = try await observe(provider, bundle: directory.file("bundle.pem")).get()
        #expect(observation.thumbprints.map(\.text) == [try await provider.thumbprint(ofHost: 1)])
        #expect(observation.keys.certificateCount == count)
        #expect(observation.isUsedByAWS)
        await provider.stop()
    }

    /// The system's authorities are played by the first authority, the bundle's by the second.
    @Test(
        "two hosts give two thumbprints, and that of the keys decides whether AWS uses them",
        arguments: [(0, 0, false), (0, 1, true), (1, 0, false), (1, 1, true)])
    func twoHosts(issuer: Int, keys: Int, isUsed: Bool) async throws {
        let authorities = [try await TestProvider.authority(), try await TestProvider.authority()]
        let provider = try await TestProvider.start(
            issuer: Host(authority: authorities[issuer]), keys: Host(authority: authorities[keys]))
        let observation = try await observe(
            provider, system: authorities[0].rootFile, bundle: authorities[1].rootFile
        ).get()
        let expected = [try await provider.thumbprint(ofHost: 1), try await provider.thumbprint(ofHost: 0)]
        #expect(observation.thumbprints.map(\.text) == (issuer == keys ? [expected[0]] : expected))
        #expect(observation.isUsedByAWS == isUsed)
        #expect([observation.discovery.name, observation.keys.name] == ["issuer.test", "keys.test"])
        await provider.stop()
    }

    @Test("a self-signed certificate that the bundle holds is its own last one")
    func selfSignedAndKnown() async throws {
        let authority = try await TestProvider.authority()
        let host = Host(authority: authority, kind: .selfSigned)
        let provider = try await TestProvider.start(issuer: host, keys: host)
        let bundle = try await authority.identity(.selfSigned).chainFile
        let observation = try await observe(provider, bundle: bundle).get()
        #expect(observation.thumbprints.map(\.text) == [try await provider.thumbprint(ofHost: 0)])
        #expect(observation.isUsedByAWS)
        await provider.stop()
    }

    // MARK: - What is refused

    @Test(
        "no thumbprint is taken from a host that nobody vouches for",
        arguments: [
            (Authority.Kind.expired, "certificate has expired"), (.selfSigned, "self-signed certificate"),
            (.wrongHost, "no alternative certificate subject name matches"),
        ], ["issuer.test", "keys.test"])
    func badCertificate(bad: (kind: Authority.Kind, reason: String), host: String) async throws {
        let authority = try await TestProvider.authority()
        func kind(_ name: String) -> Host { Host(authority: authority, kind: name == host ? bad.kind : .trusted) }
        let provider = try await TestProvider.start(issuer: kind("issuer.test"), keys: kind("keys.test"))

        let result = try await observe(provider, bundle: authority.rootFile)
        guard case .failure(.untrusted(host, let system, let bundle)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(bundle.contains(bad.reason))
        #expect(!system.isEmpty)

        let alone = try await observe(provider, system: authority.rootFile)
        guard case .failure(.transport(.tls(host, let reason))) = alone else {
            Issue.record("\(alone)")
            return
        }
        #expect(reason.contains(bad.reason))
        await provider.stop()
    }

    /// The other host has to keep to the same limits, so they are not short.
    @Test(
        "a host that hangs costs no more than the limits",
        arguments: ["issuer.test", "keys.test"], [HTTPError.Phase.connect, .firstByte])
    func hanging(host: String, phase: HTTPError.Phase) async throws {
        let authority = try await TestProvider.authority()
        let faults = FaultPlan()
        let path = host == "issuer.test" ? "/tenant/.well-known/openid-configuration" : "/keys"
        faults.add(.silence, to: phase == .connect ? FaultPlan.connection() : path)
        func plan(_ name: String) -> Host { Host(authority: authority, faults: name == host ? faults : FaultPlan()) }
        let provider = try await TestProvider.start(issuer: plan("issuer.test"), keys: plan("keys.test"))
        var limits = Self.limits
        if phase == .connect { limits.connect = .seconds(2) } else { limits.firstByte = .seconds(2) }
        let result = try await observe(provider, system: authority.rootFile, limits: limits)
        #expect(result == .failure(.transport(.timedOut(host: host, phase: phase))))
        #expect(faults.pending.isEmpty)
        await provider.stop()
    }

    /// A clock that leaps ahead once the first request is over.
    private final class LeapingTime: TimeSource {
        private let questions = Atomic(0)

        func now() -> Date { Date() }
        func uptime() -> Duration {
            questions.add(1, ordering: .relaxed).newValue > 2 ? .seconds(3600) : .zero
        }
        func sleep(for duration: Duration) async throws {}
    }

    @Test("the total limit is for both hosts together")
    func total() async throws {
        let authority = try await TestProvider.authority()
        let host = Host(authority: authority)
        let provider = try await TestProvider.start(issuer: host, keys: host)
        let result = try await observe(provider, system: authority.rootFile, time: LeapingTime())
        #expect(result == .failure(.transport(.timedOut(host: "keys.test", phase: .total))))
        await provider.stop()
    }

    @Test(
        "an answer that is no discovery document is named",
        arguments: [
            (ServerAnswer(status: 404), ThumbprintFailure.status(404, host: "issuer.test")),
            (
                ServerAnswer(status: 302, fields: [("Location", "https://keys.test/keys?v=1")]),
                .status(302, host: "issuer.test")
            ),
            (ServerAnswer(status: 503), .status(503, host: "issuer.test")),
            (
                ServerAnswer(status: 200, type: "text/html", "<html>sign in</html>"),
                .document(host: "issuer.test", .notAnObject)
            ),
            (
                TestProvider.document(issuer: "https://issuer.test/Tenant"),
                .document(host: "issuer.test", .otherIssuer(found: "https://issuer.test/Tenant"))
            ),
            (
                TestProvider.document(keys: "http://keys.test/keys"),
                .document(host: "issuer.test", .keysURL(reason: "it is plain http"))
            ),
            (TestProvider.document(keys: "https://keys.test/elsewhere"), .status(404, host: "keys.test")),
        ])
    func badDocument(answer: ServerAnswer, expected: ThumbprintFailure) async throws {
        #expect(try await failure(document: answer) == expected)
    }

    @Test("an answer that holds no keys, or far too much, is refused")
    func badKeys() async throws {
        for text in ["", "{}", #"{"keys": []}"#, "<html></html>"] {
            let answer = ServerAnswer(status: 200, type: "application/json", text)
            #expect(try await failure(keys: answer) == .noKeys(host: "keys.test"))
        }
        var limits = Self.limits
        limits.bodyBytes = 1000
        let large = ServerAnswer(status: 200, body: [UInt8](repeating: 0x20, count: 1001))
        #expect(
            try await failure(keys: large, limits: limits) == .transport(.tooLarge(host: "keys.test", limit: 1000)))
    }

    // MARK: - What is said

    @Test("whether trying again can help")
    func advice() {
        let advice: [(ThumbprintFailure, RetryAdvice)] = [
            (.transport(.timedOut(host: "a", phase: .connect)), .transient),
            (.transport(.tls(host: "a", reason: "")), .never), (.status(429, host: "a"), .throttled(after: nil)),
            (.status(503, host: "a"), .transient), (.status(408, host: "a"), .transient),
            (.status(404, host: "a"), .never), (.untrusted(host: "a", bySystem: "", byBundle: ""), .never),
            (.noKeys(host: "a"), .never),
        ]
        for (failure, expected) in advice { #expect(failure.retryAdvice == expected) }
    }

    @Test("a report names the host, the reason and what to do")
    func reports() {
        let untrusted = ErrorReport(ThumbprintFailure.untrusted(host: "keys.test", bySystem: "one", byBundle: "two"))
        #expect(untrusted.code == .unavailable)
        #expect(
            untrusted.message
                == "no trusted TLS connection to keys.test: by this system's roots: one; by the CA bundle: two")
        let other = ErrorReport(
            ThumbprintFailure.document(host: "issuer.test", .otherIssuer(found: "##vso[task.complete]\n")))
        #expect(other.code == .badInput)
        #expect(!other.message.contains("##vso["))
        #expect(ErrorReport(ThumbprintFailure.transport(.cannotResolve(host: "issuer.test"))).code == .unavailable)
        #expect(ErrorReport(ThumbprintFailure.status(404, host: "issuer.test")).message.contains("404"))
        #expect(ErrorReport.words(for: IssuerURL.ValidationError.port) == "an issuer has no port")
    }

    @Test("the words tell whether AWS uses the thumbprint, and which certificate it is of")
    func words() async throws {
        let authority = try await TestProvider.authority()
        let host = Host(authority: authority)
        let provider = try await TestProvider.start(issuer: host, keys: host)
        let thumbprint = try await provider.thumbprint(ofHost: 0)
        let unused = try await observe(provider, system: authority.rootFile).get().words
        #expect(unused.count == 3)
        #expect(unused[0].hasPrefix("AWS uses its own trusted roots and not the thumbprint"))
        #expect(unused[1].hasPrefix("keys.test: \(thumbprint) is certificate 2 of 2, valid until 20"))
        #expect(unused[1].hasSuffix("Z: /CN=keyless sandbox intermediate"))
        #expect(unused[2].hasPrefix("issuer.test: \(thumbprint)"))
        let used = try await observe(provider, bundle: authority.rootFile).get().words
        #expect(used[0].hasPrefix("AWS uses the thumbprint: only the CA bundle vouches for keys.test"))
        await provider.stop()
    }
}
