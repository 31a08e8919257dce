import Domain

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
    init?(_ kind: Webhook.Kind, _ options: NotificationOptions, _ context: Context) {
        self.kind = kind
        let file, parameter, argument: String?
        switch kind {
        case .slack:
            (argument, file, parameter) = (nil, options.slackWebhookFile, options.slackWebhookParameter)
        case .json: (argument, file, parameter) = (options.webhook, options.webhookFile, options.webhookParameter)
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
