import Domain

/// Tells Slack and another service how a run ended. Built before anything is changed, so that a URL that is none is
/// found in time; from then on nothing it does is an error.
struct Notifier: Sendable {
    /// Why somebody was not told.
    struct Warning: Sendable, Equatable {
        let message: String
        let hint: String?
    }

    /// How long it may take, where `--timeout` does not say less: whoever waits for the run has its result already.
    private static let patience = Duration.seconds(20)

    private let webhooks: [Webhook]
    private let http: any HTTPClient
    private let budget: Duration
    private let context: Context
    private let console: Console

    /// Finds the URLs and checks them. Nothing is sent but what `parameter` sends.
    ///
    /// - Parameter parameter: reads a parameter of Systems Manager, decrypted.
    /// - Throws: ``ErrorReport`` for a URL that is none or is at a host nobody vouches for; what `parameter` throws.
    init(
        _ settings: NotificationSettings, _ network: NetworkRequest, _ context: Context, _ console: Console,
        parameter: @Sendable (String) async throws -> Secret
    ) async throws {
        var webhooks: [Webhook] = []
        // These hosts may have notifications and nothing else: the list is another one than that of the services.
        var hosts = network.trustedHosts
        let sources = Webhook.Kind.allCases.compactMap { WebhookSource($0, settings, context) }
        // What is at hand is checked before anybody is asked for the rest.
        for source in sources where !source.isParameter {
            _ = try Webhook(try await source.read(parameter), from: source)
        }
        for source in sources {
            let webhook = try Webhook(try await source.read(parameter), from: source)
            if source.isArgument { hosts.append(webhook.host) }
            webhooks.append(webhook)
        }
        let trusted = TrustedHosts(named: hosts, isKnown: Webhook.isSlackHost)
        for webhook in webhooks { try webhook.check(trusted) }

        // Slack has a public certificate, whoever's AWS is asked with.
        var configuration = network.transport
        configuration.keepsSystemAuthorities = true
        http = TrustedHTTPClient(context.makeHTTPClient(configuration), trusted: trusted)
        budget = min(Self.patience, network.timeout)
        (self.webhooks, self.context, self.console) = (webhooks, context, console)
    }

    /// Whether anybody is to be told.
    var isConfigured: Bool { !webhooks.isEmpty }

    /// Tells everybody at once, and tries again where that can help.
    ///
    /// - Parameter tokens: secrets that a message of others might hold; JSON Web Tokens are found besides.
    /// - Returns: a warning for each that was not told.
    func send(_ notification: RunNotification, redacting tokens: [Secret] = []) async -> [Warning] {
        let notification = notification.cleaned(TokenRedaction(of: tokens))
        let origin = NotificationOrigin(
            version: Release.version, time: Timestamp(context.time.now()), run: run)
        let deadline = Deadline(in: budget, of: context.time)
        return await withTaskGroup(of: (Int, Warning?).self) { group in
            for (index, webhook) in webhooks.enumerated() {
                group.addTask { (index, await post(to: webhook, notification, origin, deadline)) }
            }
            var warnings: [(Int, Warning)] = []
            for await case (let index, let warning?) in group { warnings.append((index, warning)) }
            return warnings.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// The same, with the warnings on the console.
    func tell(_ notification: RunNotification, redacting tokens: [Secret] = []) async {
        for warning in await send(notification, redacting: tokens) {
            console.warn(warning.message, hint: warning.hint)
        }
    }

    private func post(
        to webhook: Webhook, _ notification: RunNotification, _ origin: NotificationOrigin, _ deadline: Deadline
    ) async -> Warning? {
        let json =
            switch webhook.kind {
            case .slack: SlackMessage(notification, from: origin).json
            case .json: WebhookMessage(notification, from: origin).json
            }
        let retrier = Retrier(time: context.time, random: context.random, deadline: deadline) { error, attempt, delay in
            let words = (error as? WebhookFailure)?.words ?? "failed"
            console.detail(
                "attempt \(attempt): \(webhook.kind.name) \(words); trying again in \(delay.milliseconds) ms")
        }
        do throws(WebhookFailure) {
            try await retrier.run { (limits) throws(WebhookFailure) in
                try await webhook.post(json, through: http, limits: limits)
            }
            console.detail("told \(webhook.kind.name)")
            return nil
        } catch {
            return Warning(
                message: "\(webhook.kind.name) \(error.words): nobody was told",
                hint: error.hint(webhook.kind, source: webhook.source))
        }
    }

    /// The run this is part of, where an agent says so.
    private var run: PipelineRun? {
        PipelineRun(
            collectionURI: context.variable("SYSTEM_COLLECTIONURI"), project: context.variable("SYSTEM_TEAMPROJECT"),
            buildID: context.variable("BUILD_BUILDID"))
    }
}

extension RunNotification.Failure {
    /// A failure as it is told on stderr.
    ///
    /// - Parameter step: what was being done, `update the service connection`.
    init(step: String, _ report: ErrorReport) {
        self.init(step: step, message: report.message, advice: report.hints)
    }
}
