import Emulator
import Testing
import TestSupport

/// What there is, and what it shall become.
struct SetupScenario: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Of `setup-provider`, `--yes` apart.
    let arguments: [String]
    /// What is run before, in the same accounts.
    var preparation: [String] = []
    /// Whether the issuer is asked.
    var isOnline = false

    private static let role = [
        "--project", "Web Shop", "--service-connection-name", "aws-prod", "--policy", "policy.json", "--policy-arn",
        "arn:aws:iam::aws:policy/ReadOnlyAccess", "--tag", "team=web",
    ]
    private static let member = ["--account", "200000000001", "--account-role", AWSWorld.memberRole]
    private static let create = member + role + ["--role-name", "web"]

    /// An account with nothing in it; one that has a provider and a role; one from which all is to go; one
    /// with an old thumbprint.
    static let all = [
        SetupScenario(testDescription: "nothing is there", arguments: create),
        SetupScenario(
            testDescription: "provider and role are there",
            arguments: role + [
                "--role-name", "deploy", "--audience", "api://AzureADTokenExchange", "--audience", "api://second",
                "--max-session-duration", "2h", "--permissions-boundary", "arn:aws:iam::aws:policy/PowerUserAccess",
            ]),
        SetupScenario(
            testDescription: "all is taken away",
            arguments: member + ["--role-name", "web", "--remove"], preparation: create),
        SetupScenario(testDescription: "the thumbprint is missing", arguments: [], isOnline: true),
    ]

    static let manyAccounts = SetupScenario(
        testDescription: "many accounts",
        arguments: role + ["--role-name", "web", "--all-accounts", "--account-role", AWSWorld.memberRole])

    private var offline: [String] { isOnline ? [] : ["--offline"] }
    private var all: [String] { arguments + offline }

    /// How it goes where nothing is in its way.
    func undisturbed(accounts: Int = 1) async throws -> Course {
        let bench = try await SetupBench.start(isOnline: isOnline) { $0.addAccounts(count: accounts) }
        if !preparation.isEmpty { #expect(try await bench.run(preparation + offline).result.code == 0) }
        let before = bench.sandbox.aws
        let run = try await bench.run(all)
        #expect(run.result.code == 0, "\(run.result.err)")
        let after = bench.sandbox.aws.lines
        await bench.sandbox.stop()
        return Course(
            scenario: self, before: before, writes: run.writes, after: after, authority: bench.sandbox.authority)
    }

    /// One whole run: from where, by which calls, to what.
    struct Course: Sendable {
        let scenario: SetupScenario
        let before: AWSWorld
        let writes: [String]
        let after: [String]
        /// Kept, so that all sandboxes have the same, and with it the same thumbprints.
        let authority: Authority

        /// Goes the same way with one call disturbed: the next run completes what this one leaves, nothing is there
        /// twice, and a run after that changes nothing.
        func disturbed(by kind: Disturbance, at call: Int) async throws {
            let what = Comment(rawValue: "call \(call + 1) of \(writes.count), \(writes[call]), \(kind.rawValue)")
            let bench = try await SetupBench.start((kind, call), isOnline: scenario.isOnline) {
                ($0.accounts, $0.organization) = (before.accounts, before.organization)
            }
            let patience = kind == .effectThenSilence ? ["--timeout", "5s"] : []
            let first = try await bench.run(scenario.all + patience)
            #expect(first.result.code == kind.exitCode, what)
            #expect(bench.sandbox.faults.pending.isEmpty, what)
            if first.result.code != 0 {
                let second = try await bench.run(scenario.all)
                #expect(second.result.code == 0, what)
            }
            #expect(bench.sandbox.aws.lines == after, what)
            let last = try await bench.run(scenario.all)
            #expect(last.result.code == 0, what)
            #expect(last.writes == [], what)
            #expect(bench.sandbox.aws.lines == after, what)
            await bench.sandbox.stop()
        }
    }
}

extension Disturbance {
    /// How the run ends that meets it: what can pass is tried again.
    fileprivate var exitCode: Int32 {
        switch self {
        case .killedBefore, .killedAfter: 128 + 9
        case .status500, .throttled, .reset, .effectThenReset: 0
        case .effectThenSilence, .lasting500: 69
        case .lastingRefusal: 77
        }
    }
}
