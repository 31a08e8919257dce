import CurlTransport
import Domain
import Foundation
import LinuxSystem
import TestSupport
import Testing

@testable import AWS
@testable import Operations

@Suite struct AdminCredentialsTests {
    /// A home directory with these files, gone with the value.
    private final class Home {
        let directory = FileManager.default.temporaryDirectory.appending(path: "keyless-\(UUID().uuidString)")

        init(config: String? = nil, credentials: String? = nil) throws {
            let folder = directory.appending(path: ".aws")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try config?.write(to: folder.appending(path: "config"), atomically: true, encoding: .utf8)
            try credentials?.write(to: folder.appending(path: "credentials"), atomically: true, encoding: .utf8)
        }

        deinit { try? FileManager.default.removeItem(at: directory) }

        func environment(_ more: [String: String] = [:]) -> [String: String] {
            ["HOME": directory.path, "AWS_EC2_METADATA_DISABLED": "true"].merging(more) { $1 }
        }
    }

    private func admin(
        _ options: AdminSettings, _ environment: [String: String], http: any HTTPClient = StubHTTPClient(),
        error: RecordedStream = RecordedStream()
    ) throws -> AdminCredentials {
        let context = Context.test(environment, http: http, error: error)
        let console = Console(context, verbosity: .verbose)
        return try AdminCredentials(
            options, context, Network(try .test(context), context, console), console)
    }

    private func report(_ body: () async throws -> Void) async -> ErrorReport? {
        do {
            try await body()
            Issue.record("it did not fail")
            return nil
        } catch {
            return ErrorReport(error)
        }
    }

    private static let keys = "aws_access_key_id = AKIABASE\naws_secret_access_key = s\n"

    @Test(
        "the region: by flag, by the environment, by the profile",
        arguments: [
            (
                AdminSettings(region: "eu-west-1"), ["AWS_REGION": "eu-west-2", "AWS_DEFAULT_REGION": "eu-west-3"],
                "eu-west-1"
            ),
            (AdminSettings(), ["AWS_REGION": "eu-west-2", "AWS_DEFAULT_REGION": "eu-west-3"], "eu-west-2"),
            (AdminSettings(), ["AWS_REGION": "", "AWS_DEFAULT_REGION": "eu-west-3"], "eu-west-3"),
            (AdminSettings(), [:], "eu-central-1"), (AdminSettings(profile: "none"), [:], nil),
            (AdminSettings(), ["AWS_PROFILE": "us"], "us-east-1"),
        ] as [(AdminSettings, [String: String], String?)])
    func region(options: AdminSettings, environment: [String: String], expected: String?) throws {
        let home = try Home(
            config: "[default]\nregion = eu-central-1\n[profile none]\n",
            credentials: "[us]\nregion = us-east-1\n")
        #expect(try admin(options, home.environment(environment)).region?.name == expected)
    }

    @Test(
        "a region that is none is an error that says where it is from",
        arguments: [
            (AdminSettings(region: "Europe"), [:], "--region is not an AWS region: Europe"),
            (AdminSettings(), ["AWS_REGION": "x"], "AWS_REGION is not an AWS region: x"),
            (AdminSettings(), [:], "region of profile default is not an AWS region: eu-wst"),
        ] as [(AdminSettings, [String: String], String)])
    func noRegion(options: AdminSettings, environment: [String: String], message: String) async throws {
        let home = try Home(config: "[default]\nregion = eu-wst\n")
        let report = await report { _ = try admin(options, home.environment(environment)) }
        #expect(report?.code == .usage && report?.message == message)
    }

    @Test("a profile that does not exist is an error that names those that do", arguments: ["flag", "environment"])
    func noProfile(namedBy: String) async throws {
        let home = try Home(config: "[profile one]\n", credentials: "[two]\n")
        let byFlag = namedBy == "flag"
        // Keys of the environment do not make up for it: the AWS CLI refuses, too.
        let environment = home.environment(
            ["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "s"].merging(byFlag ? [:] : ["AWS_PROFILE": "gone"]) {
                $1
            })
        let report = await report { _ = try admin(AdminSettings(profile: byFlag ? "gone" : nil), environment) }
        #expect(report?.code == .missingConfiguration)
        #expect(
            report?.message
                == "there is no profile gone, which \(byFlag ? "--profile" : "the environment") names, in "
                + "\(home.directory.path)/.aws/config or \(home.directory.path)/.aws/credentials")
        #expect(report?.hints == ["there are one, two"])
    }

    @Test("a file that is none is an error with its line")
    func brokenFile() async throws {
        let home = try Home(config: "[default]\nregion eu-west-1\n")
        let report = await report { _ = try admin(AdminSettings(), home.environment()) }
        #expect(report?.code == .badInput)
        #expect(report?.message == "line 2 of \(home.directory.path)/.aws/config has no =")
    }

    @Test("what stands for no file is none")
    func deviceFiles() async throws {
        let home = try Home(credentials: "[default]\n\(Self.keys)")
        let admin = try admin(AdminSettings(), home.environment(["AWS_CONFIG_FILE": "/dev/null"]))
        #expect(try await admin.current().accessKeyID.exposedText == "AKIABASE")
    }

    @Test("where nothing is found the report lists what was tried")
    func nothing() async throws {
        let home = try Home()
        let report = await report { _ = try await admin(AdminSettings(), home.environment()).current() }
        #expect(report?.code == .missingConfiguration)
        #expect(report?.message == "there are no AWS credentials here")
        let lines = report?.hints.first?.split(separator: "\n") ?? []
        #expect(lines.count == 11)
        #expect(lines.contains("    environment variables: AWS_ACCESS_KEY_ID is not set"))
        #expect(lines.contains("    EC2 instance metadata: AWS_EC2_METADATA_DISABLED is true"))
    }

    @Test("a role is assumed once, at STS of the region, and --verbose says whose it is")
    func role() async throws {
        let home = try Home(
            config: """
                [profile admin]
                role_arn = arn:aws:iam::111122223333:role/Admin
                source_profile = base
                region = eu-west-3
                [preview]
                """,
            credentials: "[base]\n\(Self.keys)")
        let (aws, error) = (FakeAWS(), RecordedStream())
        let admin = try admin(AdminSettings(profile: "admin"), home.environment(), http: aws, error: error)
        for _ in 1...3 { #expect(try await admin.current().accessKeyID.exposedText == "Admin.AKIABASE") }
        #expect(aws.hosts == ["sts.eu-west-3.amazonaws.com"])
        #expect(error.text.contains("using the credentials of role_arn of profile admin until 2099-01-01T00:00:00Z\n"))
        #expect(
            error.text.contains("passed over line 5 of \(home.directory.path)/.aws/config: its section is no profile"))
    }

    @Test("a role of another partition than the region's is refused before anything is sent")
    func partition() async throws {
        let config = "[default]\nrole_arn = arn:aws-cn:iam::111122223333:role/A\nsource_profile = default\n\(Self.keys)"
        let home = try Home(config: config)
        let report = await report {
            _ = try await admin(AdminSettings(region: "eu-west-1"), home.environment()).current()
        }
        #expect(
            report?.message
                == "no credentials from role_arn of profile default: "
                + "the role is in partition aws-cn, the region eu-west-1 in aws")
    }

    @Test("a program's words go to the user, its failure into the report")
    func program() async throws {
        let home = try Home(config: "[default]\ncredential_process = sh -c 'exit 9'\n")
        let report = await report { _ = try await admin(AdminSettings(), home.environment()).current() }
        #expect(report?.code == .unavailable)
        #expect(
            report?.message
                == "no credentials from credential_process of profile default: sh ended with code 9")
    }

    @Test(
        "endpoints that the environment names are asked only where no secret can go astray",
        arguments: [
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "https://evil.example/c", false),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost:5000/c", true),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://192.0.2.1/", true),
            ("AWS_ENDPOINT_URL_STS", "https://evil.example/", false),
        ])
    func untrusted(variable: String, url: String, isPlain: Bool) async throws {
        let home = try Home(config: "[default]\nregion = eu-west-1\n", credentials: "[base]\n\(Self.keys)")
        var environment = home.environment([variable: url, "AWS_EC2_METADATA_DISABLED": "false"])
        if variable == "AWS_ENDPOINT_URL_STS" {
            let token = home.directory.appending(path: "token")
            try Data("TOKEN".utf8).write(to: token)
            environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = token.path
            environment["AWS_ROLE_ARN"] = "arn:aws:iam::111122223333:role/A"
        }
        let aws = FakeAWS()
        let report = await report { _ = try await admin(AdminSettings(), environment, http: aws).current() }
        #expect(report?.code == .usage)
        #expect(report?.message.contains(isPlain ? "by plain http" : "not a host that may be given a secret") == true)
        #expect(aws.hosts.isEmpty)
    }

    @Test("a machine that is not AWS's is found out within two seconds, over the real network")
    func elsewhere() async throws {
        let home = try Home()
        var context = Context.test(home.environment(["AWS_EC2_METADATA_DISABLED": "false"]))
        context.makeHTTPClient = { CurlHTTPClient($0, time: SystemTime()) }
        let console = Console(context, verbosity: .quiet)
        let network = Network(try .test(context), context, console)
        let admin = try AdminCredentials(AdminSettings(), context, network, console)
        let start = ContinuousClock.now
        // On a machine of AWS's they may be found; what counts here is that nobody waits.
        _ = try? await admin.current()
        #expect(ContinuousClock.now - start < .seconds(3))
    }

    @Test(
        "each failure has its exit code",
        arguments: [
            (CredentialFailure.incomplete(missing: "x"), ExitCode.missingConfiguration),
            (.misconfigured(reason: ""), .badInput), (.unreadable(path: "", reason: ""), .badInput),
            (.signInRequired(command: "", reason: ""), .missingConfiguration),
            (.mfaRequired(serial: ""), .missingConfiguration),
            (.process(reason: ""), .unavailable), (.expired(Date(timeIntervalSince1970: 0)), .refused),
            (.transport(.cannotResolve(host: "h")), .unavailable), (.answered(status: 403, message: nil), .refused),
            (.answered(status: 429, message: nil), .throttled), (.answered(status: 500, message: nil), .unavailable),
            (.malformed(reason: ""), .badInput),
        ])
    func exitCodes(failure: CredentialFailure, code: ExitCode) {
        let report = ErrorReport(CredentialError.failed(source: "place", failure))
        #expect(report.code == code)
        #expect(report.message.hasPrefix("no credentials from place: "))
    }

    @Test("STS's refusal is told with the role")
    func refused() throws {
        let fault = ServiceFault(
            ServiceCall(.sts, "AssumeRole"), status: 403, code: "AccessDenied", message: "not authorized")
        let role = try RoleARN("arn:aws:iam::111122223333:role/A")
        let report = ErrorReport(CredentialError.failed(source: "place", .sts(role, .service(fault))))
        #expect(report.code == .refused)
        #expect(report.message == "no credentials from place: STS did not give \(role): AccessDenied: not authorized")
    }

    @Test("what files and services say cannot be a command to the agent")
    func foreignText() {
        let bad = "a\n##vso[task.setvariable variable=PATH]/tmp"
        let errors: [CredentialError] = [
            .failed(source: bad, .misconfigured(reason: bad)),
            .failed(source: bad, .answered(status: 400, message: bad)),
            .failed(source: bad, .unreadable(path: bad, reason: "")), .failed(source: bad, .mfaRequired(serial: bad)),
            .nothingFound([.init(source: bad, reason: bad)]),
        ]
        for report in errors.map({ ErrorReport($0) }) {
            #expect(!report.message.contains("##vso[") && !report.message.contains("\n"))
            #expect(!report.hints.contains { $0.contains("##vso[") })
        }
    }
}
