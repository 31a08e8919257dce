import CurlTransport
import Domain
import Emulator
import Foundation
import LinuxSystem
import Synchronization
import TestSupport
import Testing

@testable import Operations

@Suite("The notifier")
struct NotifierTests {
    private static let slackURL = "https://hooks.slack.com/services/T0/B0/verySecretPath"
    private let notification = RunNotification(command: "rotate", items: [.succeeded("a → b")])
    private let time = ManualClock(Date(timeIntervalSince1970: 1_772_600_767))

    private func notifier(
        _ settings: NotificationSettings, _ environment: [String: String] = [:], trusting hosts: [String] = [],
        timeout: Duration = .seconds(60), http: any HTTPClient = StubHTTPClient(),
        error: RecordedStream = RecordedStream(),
        parameter: @escaping @Sendable (String) async throws -> Secret = { _ in throw CancellationError() }
    ) async throws -> Notifier {
        var context = Context.test(environment, http: http, error: error)
        context.time = time
        let network = try NetworkRequest.test(context, trusting: hosts).with(timeout: timeout)
        return try await Notifier(
            settings, network, context, Console(context, verbosity: .verbose), parameter: parameter)
    }

    /// What comes of building it.
    private func refusal(
        _ settings: NotificationSettings, _ environment: [String: String] = [:], trusting hosts: [String] = [],
        parameter: @escaping @Sendable (String) async throws -> Secret = { _ in throw CancellationError() }
    ) async throws -> ErrorReport? {
        do {
            _ = try await notifier(settings, environment, trusting: hosts, parameter: parameter)
            return nil
        } catch let report as ErrorReport {
            return report
        }
    }

    private func members(_ request: HTTPRequest) throws -> [String: JSONValue] {
        try #require(JSONValue.object(request.body.withExposedBytes { Array($0) }))
    }

    @Test("tells nobody where nobody is to be told") func nobody() async throws {
        let notifier = try await notifier(.test())
        #expect(!notifier.isConfigured)
        #expect(await notifier.send(notification).isEmpty)
    }

    @Test("tells Slack and the other, each in its own words") func both() async throws {
        let http = WebhookStub(["hooks.slack.com": [.answer(200, "ok")], "events.example": [.answer(202)]])
        let environment = [
            "SLACK_WEBHOOK_URL": "\(Self.slackURL)\n", "SYSTEM_COLLECTIONURI": "https://dev.azure.com/contoso/",
            "SYSTEM_TEAMPROJECT": "Web Shop", "BUILD_BUILDID": "42",
        ]
        let notifier = try await notifier(.test("--webhook", "https://events.example/x"), environment, http: http)
        #expect(notifier.isConfigured)
        #expect(await notifier.send(notification).isEmpty)

        let bodies = Dictionary(uniqueKeysWithValues: try http.posted.map { ($0.url.host, try members($0)) })
        #expect(bodies["hooks.slack.com"]?["text"] == .text("keyless rotate: done: a → b"))
        let other = try #require(bodies["events.example"])
        #expect(other["status"] == "succeeded")
        #expect(other["time"] == "2026-03-04T05:06:07Z")
        #expect(other["run"] == "https://dev.azure.com/contoso/Web%20Shop/_build/results?buildId=42")
        #expect(other["version"] == .text(Release.version))
        for request in http.posted {
            #expect(request.method == .post)
            #expect(request.fields.map(\.name) == ["Content-Type"])
        }
        #expect(http.posted.first { $0.url.host == "hooks.slack.com" }?.url.text == Self.slackURL)
    }

    @Test("takes the URL from a file or a parameter, before that of the environment") func sources() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("url")
        try "  \(Self.slackURL)\n".write(toFile: file, atomically: true, encoding: .utf8)
        let http = WebhookStub([
            "hooks.slack.com": [.answer(200)], "parameter.example": [.answer(200)],
        ])
        let asked = Mutex<[String]>([])
        let notifier = try await notifier(
            .test("--slack-webhook-file", file, "--webhook-parameter", "/keyless/url"),
            [
                "SLACK_WEBHOOK_URL": "https://hooks.slack-gov.com/other",
                "KEYLESS_WEBHOOK_URL": "https://environment.example/",
            ],
            trusting: ["parameter.example"], http: http
        ) { name in
            asked.withLock { $0.append(name) }
            return "https://parameter.example/x"
        }
        #expect(await notifier.send(notification).isEmpty)
        #expect(asked.withLock { $0 } == ["/keyless/url"])
        #expect(http.unused == 0)
    }

    @Test(
        "refuses a URL that is none or is at a wrong host, and does not print it",
        arguments: [
            (
                "SLACK_WEBHOOK_URL", "https://evil.example/secretpath", ExitCode.usage,
                "evil.example, which is not Slack's"
            ),
            ("SLACK_WEBHOOK_URL", "https://hooks.slack.com:8443/secretpath", .usage, "hooks.slack.com:8443"),
            ("SLACK_WEBHOOK_URL", "https://hooks.slack.com.evil.example/secretpath", .usage, "is not Slack's"),
            ("SLACK_WEBHOOK_URL", "http://hooks.slack.com/secretpath", .usage, "by plain http"),
            ("SLACK_WEBHOOK_URL", "http://127.0.0.1/secretpath", .usage, "by plain http"),
            ("SLACK_WEBHOOK_URL", "secretpath", .badInput, "it has no https://"),
            ("SLACK_WEBHOOK_URL", "https://u:secretpath@hooks.slack.com/", .badInput, "it contains a user name"),
            ("SLACK_WEBHOOK_URL", "$(secretpath)", .badInput, "it has no https://"),
            ("SLACK_WEBHOOK_URL", "  ", .badInput, "it is empty"),
            ("KEYLESS_WEBHOOK_URL", "https://events.example/secretpath", .usage, "which nobody vouches for"),
            ("KEYLESS_WEBHOOK_URL", "https://dev.azure.com/secretpath", .usage, "which nobody vouches for"),
            ("--webhook", "http://events.example/secretpath", .usage, "by plain http"),
            ("--webhook", "ftp://events.example/secretpath", .usage, "its scheme is neither https nor http"),
        ])
    func refuses(source: String, url: String, code: ExitCode, words: String) async throws {
        let isArgument = source.hasPrefix("--")
        let report = try #require(
            await refusal(
                isArgument ? .test(source, url) : .test(), isArgument ? [:] : [source: url]))
        #expect(report.code == code)
        #expect(report.message.contains(words), "\(report.message)")
        #expect(report.message.contains(source))
        #expect(!"\(report.message) \(report.hints)".contains("secretpath"))
    }

    @Test("takes the hosts that --trusted-host or --webhook names, and Slack's for either")
    func trusts() async throws {
        #expect(
            try await refusal(.test(), ["SLACK_WEBHOOK_URL": "https://chat.example/x"], trusting: ["chat.example"])
                == nil)
        #expect(try await refusal(.test("--webhook", "http://127.0.0.1:8080/x")) == nil)
        #expect(try await refusal(.test("--webhook", "http://[::1]:8080/x")) == nil)
        #expect(try await refusal(.test(), ["SLACK_WEBHOOK_URL": "https://hooks.slack-gov.com/x"]) == nil)
        #expect(try await refusal(.test(), ["KEYLESS_WEBHOOK_URL": "https://hooks.slack.com/triggers/x"]) == nil)
    }

    @Test("says that a file or a parameter is not to be read") func unreadable() async throws {
        let report = try await refusal(.test("--webhook-file", "/nowhere/at/all"))
        #expect(report?.message == "cannot read the file of --webhook-file /nowhere/at/all: there is no such file")
        struct Refused: Error {}
        await #expect(throws: Refused.self) {
            try await notifier(.test("--slack-webhook-parameter", "a")) { _ in throw Refused() }
        }
    }

    @Test("tries again while that can help, as long as it was told to") func retries() async throws {
        let http = WebhookStub([
            "hooks.slack.com": [
                .answer(429, "rate_limited", [("retry-after", "3")]), .answer(503),
                .failure(.connectionLost(host: "hooks.slack.com", reason: "reset")), .answer(200, "ok"),
            ]
        ])
        let error = RecordedStream()
        let notifier = try await notifier(
            .test(), ["SLACK_WEBHOOK_URL": Self.slackURL], http: http, error: error)
        #expect(await notifier.send(notification).isEmpty)
        #expect(time.sleeps == [.seconds(3), .zero, .zero])
        #expect(
            error.text.contains("attempt 1: the Slack webhook answered 429 (rate_limited); trying again in 3000 ms"))
        #expect(!error.text.contains("verySecretPath"))
    }

    @Test("does not wait longer than 20 seconds, or than --timeout", arguments: [(60, 19, 21), (2, 1, 3)])
    func patience(timeout: Int, short: Int, long: Int) async throws {
        for (wait, count) in [(short, 2), (long, 1)] {
            let answers = [HTTPResponse(status: 429, fields: [("retry-after", "\(wait)")], body: "")]
            let http = WebhookStub(["hooks.slack.com": (answers + answers).prefix(count).map { .success($0) }])
            let notifier = try await notifier(
                .test(), ["SLACK_WEBHOOK_URL": Self.slackURL], timeout: .seconds(timeout), http: http)
            let warnings = await notifier.send(notification)
            #expect(warnings.map(\.message) == ["the Slack webhook answered 429: nobody was told"])
            #expect(http.unused == 0)
        }
    }

    @Test("warns of each that was not told, and says what to do") func warnings() async throws {
        let http = WebhookStub([
            "hooks.slack.com": [.answer(404, "no_service")],
            "events.example": [.answer(302, "", [("location", "https://elsewhere.example/")])],
        ])
        let notifier = try await notifier(
            .test("--webhook", "https://events.example/verySecretPath"), ["SLACK_WEBHOOK_URL": Self.slackURL],
            http: http)
        let warnings = await notifier.send(notification)
        #expect(
            warnings.map(\.message) == [
                "the Slack webhook answered 404 (no_service): nobody was told",
                "the webhook answered with a redirect, which is not followed: nobody was told",
            ])
        #expect(warnings[0].hint?.contains("SLACK_WEBHOOK_URL") == true)
        #expect(warnings[1].hint == "check the URL that --webhook has")
    }

    @Test("says on the console whom it could not tell, and ends no run by it") func console() async throws {
        let http = WebhookStub(["hooks.slack.com": [.answer(410, "channel_is_archived")]])
        let error = RecordedStream()
        let notifier = try await notifier(.test(), ["SLACK_WEBHOOK_URL": Self.slackURL], http: http, error: error)
        await notifier.tell(notification)
        #expect(
            error.text == """
                keyless: warning: the Slack webhook answered 410 (channel_is_archived): nobody was told
                keyless: hint: make a new incoming webhook for a channel that is there, and put its URL where \
                SLACK_WEBHOOK_URL has it

                """)
    }

    @Test("never has the URL, or a service's long words, in a warning") func silent() async throws {
        let answers: [Result<HTTPResponse, HTTPError>] = [
            .answer(400, Self.slackURL), .answer(404, "/services/T0/B0/verySecretPath"), .answer(403, "verySecretPath"),
            .failure(.tls(host: "hooks.slack.com", reason: "the certificate has expired")),
            .failure(.cannotResolve(host: "hooks.slack.com")),
        ]
        for answer in answers {
            var tries = [answer]
            if case .failure(.cannotResolve) = answer { tries = [answer, answer, answer] }
            let http = WebhookStub(["hooks.slack.com": tries])
            let notifier = try await notifier(.test(), ["SLACK_WEBHOOK_URL": Self.slackURL], http: http)
            let warnings = await notifier.send(notification)
            #expect(warnings.count == 1)
            #expect(!"\(warnings)".contains("verySecretPath"))
            #expect(warnings.allSatisfy { $0.hint != nil })
        }
    }

    @Test("tells nothing that is a secret") func redacts() async throws {
        let http = WebhookStub(["hooks.slack.com": [.answer(200)]])
        let notifier = try await notifier(.test(), ["SLACK_WEBHOOK_URL": Self.slackURL], http: http)
        let key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        let failure = RunNotification.Failure(step: "a", ErrorReport(.refused, "it said \(key)", hints: [key]))
        let told = RunNotification(command: "rotate", items: [.failed("a", failure)])
        #expect(await notifier.send(told, redacting: [Secret(key)]).isEmpty)
        #expect(http.posted[0].body.exposedText.contains("it said <redacted>") == false)
        #expect(http.posted[0].body.exposedText.contains("it said &lt;redacted&gt;"))
        #expect(!http.posted[0].body.exposedText.contains("wJalr"))
    }

    @Test("posts over real connections, and follows no redirect") func real() async throws {
        let received = Mutex<[(path: String, type: String?, body: [UInt8])]>([])
        let server = try await HTTPServer.start(
            service: .init(name: "webhooks") { request in
                received.withLock { $0.append((request.path, request.field("content-type"), request.body)) }
                return request.path == "/moved"
                    ? ServerAnswer(status: 302, fields: [("Location", "/else")]) : ServerAnswer(status: 200)
            })
        for path in ["/here", "/moved"] {
            var context = Context.test([:])
            context.makeHTTPClient = { CurlHTTPClient($0, time: SystemTime()) }
            let notifier = try await Notifier(
                .test("--webhook", "http://127.0.0.1:\(server.port)\(path)"), .test(context), context,
                Console(context, verbosity: .quiet)
            ) { _ in throw CancellationError() }
            #expect(await notifier.send(notification).isEmpty == (path == "/here"))
        }
        await server.stop()
        let all = received.withLock { $0 }
        #expect(all.map(\.path) == ["/here", "/moved"])
        #expect(all[0].type == "application/json; charset=utf-8")
        #expect(JSONValue.object(all[0].body)?["tool"] == "keyless")
    }
}
