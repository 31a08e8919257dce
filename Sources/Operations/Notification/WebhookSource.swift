import Domain
import LinuxSystem

/// Who is told how a run ended, as it was asked for. Each names where a URL is, but ``webhook``, which is one.
package struct NotificationSettings: Sendable {
    package var slackWebhookFile: String?
    /// A parameter of Systems Manager, as is ``webhookParameter``.
    package var slackWebhookParameter: String?
    package var webhook: String?
    package var webhookFile: String?
    package var webhookParameter: String?

    package init() {}
}

/// Where the URL of a webhook is to be had.
struct WebhookSource: Sendable {
    private enum Place: Sendable {
        case argument(String)
        case file(String)
        case parameter(String)
        case variable(String)
    }

    /// A URL is a line.
    private static let largestFile = 64 * 1024

    let kind: Webhook.Kind
    /// The option or the variable, for messages.
    let name: String
    private let place: Place

    /// - Returns: `nil` where nobody is to be told. The command line goes before the environment.
    init?(_ kind: Webhook.Kind, _ settings: NotificationSettings, _ context: Context) {
        self.kind = kind
        let file, parameter, argument: String?
        switch kind {
        case .slack:
            (argument, file, parameter) = (nil, settings.slackWebhookFile, settings.slackWebhookParameter)
        case .json: (argument, file, parameter) = (settings.webhook, settings.webhookFile, settings.webhookParameter)
        }
        let option = kind == .slack ? "--slack-webhook" : "--webhook"
        let variable = kind == .slack ? "SLACK_WEBHOOK_URL" : "KEYLESS_WEBHOOK_URL"
        if let argument {
            (name, place) = (option, .argument(argument))
        } else if let file {
            (name, place) = ("\(option)-file", .file(file))
        } else if let parameter {
            (name, place) = ("\(option)-parameter", .parameter(parameter))
        } else if let value = context.variable(variable) {
            (name, place) = (variable, .variable(value))
        } else {
            return nil
        }
    }

    /// Whether the URL was typed: nobody but the user can have named its host.
    var isArgument: Bool { if case .argument = place { true } else { false } }

    /// Whether somebody has to be asked for it.
    var isParameter: Bool { if case .parameter = place { true } else { false } }

    /// What a URL that is none is a mistake of.
    var mistake: ExitCode { isArgument ? .usage : .badInput }

    /// The URL's text.
    ///
    /// - Parameter parameter: reads a parameter of Systems Manager.
    func read(_ parameter: (String) async throws -> Secret) async throws -> Secret {
        switch place {
        case .argument(let text), .variable(let text): Secret(text).trimmed()
        case .file(let path):
            try FileSystem.read(path, named: "file of \(name)", limit: Self.largestFile).trimmed()
        case .parameter(let name): try await parameter(name).trimmed()
        }
    }
}
