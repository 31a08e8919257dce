import ArgumentParser
import Domain
import Foundation
import LinuxSystem
import TestSupport
import Testing

@testable import CLI
@testable import Operations

/// The options and an environment become one value. Nothing of that asks the network: the context's traps.
@Suite("Requests") struct RequestTests {
    /// A network that nobody may use, and streams that nobody may write to.
    private struct Nowhere: LinuxSystem.OutputStream {
        func write(_ text: Secret) throws(SystemError) { Issue.record("something was written: \(text.count) bytes") }
    }

    private static let job = [
        "TF_BUILD": "True", "SYSTEM_ACCESSTOKEN": "token",
        "SYSTEM_OIDCREQUESTURI": "https://dev.azure.com/contoso/_apis/distributedtask/oidctoken",
        "SYSTEM_COLLECTIONURI": "https://dev.azure.com/contoso/", "SYSTEM_TEAMPROJECT": "Web Shop",
        "BUILD_BUILDID": "1042", "BUILD_DEFINITIONNAME": "deploy",
    ]
    private static let organization = ["--organization-id", "0ca3ddd9-f0b0-4635-a98c-5866526961b6"]
    private static let role = "arn:aws:iam::111122223333:role/deploy"

    private func context(_ environment: [String: String]) -> Context {
        Context(
            environment: environment, time: SystemTime(), random: FixedRandom(0), standardOutput: Nowhere(),
            standardError: Nowhere(), signalMask: SignalMask(),
            makeHTTPClient: { _ in
                Issue.record("the network was asked for")
                return StubHTTPClient()
            })
    }

    /// What the command of those words asks for.
    private func request<Command: ParsableCommand, Request: Sendable>(
        _ words: [String], in environment: [String: String] = job, _ request: (Command) -> (Context) throws -> Request
    ) throws -> Request {
        let command = try #require(try KeylessCommand.parseAsRoot(words) as? Command)
        return try request(command)(context(environment))
    }

    /// The words and the environment, and what is said of them; `nil` where they are right.
    private static let mistakes: [(words: [String], environment: [String: String], code: Operations.ExitCode)] = [
        (["assume"], job, .missingConfiguration),
        (["assume", "--role-arn", role], [:], .missingConfiguration),
        (["assume", "--role-arn", "deploy"], job, .usage),
        (["assume", "--role-arn", role, "--region", "nowhere at all"], job, .usage),
        (["assume", "--role-arn", role, "--cache"], job, .usage),
        (["assume", "--profiles-file", "/nowhere"], job, .badInput),
        (["exec", "--role-arn", role, "--", "true"], ["TF_BUILD": "True"], .missingConfiguration),
        (["exec", "--role-arn", role, "--external-id", "x-1", "--", "true"], job, .usage),
        (["serve"], job, .missingConfiguration),
        (["serve", "--role-arn", role, "--until", "2001-01-01T00:00:00Z"], job, .usage),
        (["token"], [:], .missingConfiguration),
        (["token", "--ca-bundle", "/nowhere"], job, .usage),
        (["setup-provider", "--role-name", "web"], [:], .usage),
        (["setup-provider", "--organization", "contoso", "--role-name", "a b"], [:], .usage),
        (["setup-provider"] + organization + ["--all-accounts"], [:], .usage),
        (["setup-provider"] + organization + ["--all-accounts", "--account-role", "bad name!"], [:], .usage),
        (["setup-provider"] + organization + ["--tag", "a!*=b"], [:], .usage),
        (["setup-provider"] + organization + ["--tag", "keyless:created-by=me"], [:], .usage),
        (["setup-provider"] + organization + ["--emit", "policy", "--account", "111122223333"], [:], .usage),
        (
            ["setup-provider"] + organization + ["--emit", "policy", "--role-name", "web", "--allow-any-subject"], [:],
            .usage
        ),
        (["setup-provider"] + organization + ["--region", "nonsense"], [:], .usage),
        (["refresh-thumbprints", "--provider-arn", role], [:], .usage),
        (["rotate"], job, .usage),
        (["rotate", "--rotations-file", "/nowhere"], job, .badInput),
        (["migrate", "--list"], [:], .usage),
        (["migrate", "--service-connection", "aws-prod"], job, .usage),
        (["migrate", "--service-connection", "aws-prod", "--role-arn", "deploy"], job, .usage),
        (["migrate", "--list", "--pat-file", "/nowhere"], job, .badInput),
        (
            ["migrate", "--service-connection", "aws-prod", "--undo", "--secret-access-key-file", "/nowhere"], job,
            .badInput
        ),
        (
            ["migrate", "--service-connection", "aws-prod", "--role-arn", role, "--verify"],
            job.filter { $0.key != "SYSTEM_ACCESSTOKEN" }, .missingConfiguration
        ),
    ]

    @Test("a mistake is found before anything is asked, and named by its code", arguments: mistakes.indices)
    func mistake(index: Int) async throws {
        let (words, environment, code) = Self.mistakes[index]
        let command = try #require(try KeylessCommand.parseAsRoot(words) as? any ContextCommand)
        let context = context(environment)
        await #expect("\(words)") {
            try await command.run(context, Console(context, verbosity: .quiet))
        } throws: { ErrorReport($0).code == code }
    }

    @Test("assume: one session, or what a file names")
    func assume() throws {
        let one = try request(
            ["assume", "--role-arn", Self.role, "--duration", "15m", "--region", "eu-west-1", "--format", "env"],
            AssumeCommand.request)
        guard case .session(let session, .text(.env), false) = one.task else { return #expect(Bool(false)) }
        #expect(session.role.text == Self.role && session.region?.name == "eu-west-1" && session.chain.isEmpty)
        #expect(one.network.timeout == .seconds(60))
        let cached = try request(
            ["assume", "--role-arn", Self.role, "--format", "process", "--cache", "--timeout", "5s"],
            in: Self.job.filter { $0.key != "SYSTEM_ACCESSTOKEN" }, AssumeCommand.request)
        guard case .session(_, .text(.process), true) = cached.task else { return #expect(Bool(false)) }
        #expect(cached.network.timeout == .seconds(5))
    }

    @Test("assume takes the role from the environment where none is named")
    func environment() throws {
        let request = try request(
            ["assume"], in: Self.job.merging(["AWS_ROLE_ARN": Self.role, "AWS_REGION": "us-east-2"]) { $1 },
            AssumeCommand.request)
        guard case .session(let session, .pipelineVariables, false) = request.task else {
            return #expect(Bool(false))
        }
        #expect(session.role.text == Self.role && session.region?.name == "us-east-2")
    }

    @Test("exec: what is behind the two hyphens is the command")
    func exec() throws {
        let request = try request(
            ["exec", "--role-arn", Self.role, "--refresh", "--", "aws", "s3", "--role-arn"], ExecCommand.request)
        #expect(request.command == ["aws", "s3", "--role-arn"] && request.isRefreshed)
    }

    @Test("serve: roles in their order, the unnamed one first")
    func serve() throws {
        let served = try request(
            [
                "serve", "--role-arn", Self.role, "--role", "audit=arn:aws:iam::111122223333:role/audit", "--port",
                "4711",
            ],
            ServeCommand.request)
        guard case .serve(let roles) = served else { return #expect(Bool(false)) }
        #expect(roles.sessions.map(\.name) == [CredentialEndpoint.defaultName, "audit"] && roles.port == 4711)
        guard case .stop = try request(["serve", "--stop"], ServeCommand.request) else { return #expect(Bool(false)) }
        guard
            case .startInBackground = try request(
                ["serve", "--background", "--role-arn", Self.role], ServeCommand.request)
        else { return #expect(Bool(false)) }
    }

    @Test("token: the claims or the token itself")
    func token() throws {
        guard case .claims(.json) = try request(["token", "--output", "json"], TokenCommand.request).part else {
            return #expect(Bool(false))
        }
        guard case .raw = try request(["token", "--raw"], TokenCommand.request).part else {
            return #expect(Bool(false))
        }
    }

    @Test("setup-provider: what is to be made, and how far it goes")
    func setup() throws {
        let setup = try request(
            [
                "setup-provider", "--organization", "contoso", "--organization-id",
                "0ca3ddd9-f0b0-4635-a98c-5866526961b6", "--project", "Web Shop", "--service-connection-name",
                "aws-prod", "--role-name", "web", "--dry-run", "--output", "json",
            ], in: [:], SetupProviderCommand.request)
        guard case .setUp = setup.task else { return #expect(Bool(false)) }
        #expect(setup.role?.name == "web" && setup.project == "Web Shop" && setup.organization?.name == "contoso")
        #expect(setup.change.mode == .show && setup.change.output == .json)
        let removal = try request(
            [
                "setup-provider", "--organization-id", "0ca3ddd9-f0b0-4635-a98c-5866526961b6", "--role-name", "web",
                "--remove", "--yes",
            ], in: [:], SetupProviderCommand.request)
        guard case .remove = removal.task else { return #expect(Bool(false)) }
        #expect(removal.change.mode == .apply)
    }

    @Test("refresh-thumbprints: which providers")
    func refresh() throws {
        let arn = "arn:aws:iam::111122223333:oidc-provider/vstoken.dev.azure.com/x"
        let request = try request(
            ["refresh-thumbprints", "--provider-arn", arn, "--prune", "--check"], in: [:],
            RefreshThumbprintsCommand.request)
        #expect(request.filter.arns == [arn] && request.isPruning && request.change.mode == .check)
    }

    @Test("rotate: the place from the job, the manner from the options")
    func rotate() throws {
        let request = try request(
            [
                "rotate", "--user-name", "ci", "--secret-id", "prod/ci", "--service-connection", "aws-prod",
                "--older-than", "30d", "--wait",
            ], RotateCommand.request)
        #expect(request.rotations.map(\.title) == ["ci → aws-prod (contoso/Web Shop)"])
        #expect(request.manner.leastAge == 30 * 86_400 && request.manner.waits && request.manner.goal == .rotate)
        #expect(request.change.mode == .ask)
    }

    @Test("migrate: to a role, back, or only a list")
    func migrate() throws {
        let moved = try request(
            ["migrate", "--service-connection", "aws-prod", "--role-arn", Self.role, "--retire-key"],
            MigrateCommand.request)
        guard case .change(let change) = moved, case .move(let role?, true) = change.task else {
            return #expect(Bool(false))
        }
        #expect(role.text == Self.role && change.title == "aws-prod (contoso/Web Shop)")
        guard case .list = try request(["migrate", "--list"], MigrateCommand.request) else {
            return #expect(Bool(false))
        }
        let back = try request(
            ["migrate", "--service-connection", "aws-prod", "--undo", "--secret-id", "prod/ci"],
            MigrateCommand.request)
        guard case .change(let undo) = back, case .undo(nil, .secretsManager("prod/ci")) = undo.task else {
            return #expect(Bool(false))
        }
    }
}
