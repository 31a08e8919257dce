import ArgumentParser
import Operations

/// Who is told how a run ended.
struct NotificationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Tell Slack: a file with the URL of an incoming webhook (default: SLACK_WEBHOOK_URL).", valueName: "file"))
    var slackWebhookFile: String?

    @Option(
        help: ArgumentHelp(
            "Tell Slack: the Systems Manager parameter with the URL of an incoming webhook.", valueName: "name"))
    var slackWebhookParameter: String?

    @Option(
        help: ArgumentHelp(
            """
            Post the result as JSON to this URL. It shows in the process list: for a URL that is a secret use one of \
            the two that follow (default: KEYLESS_WEBHOOK_URL).
            """, valueName: "url"))
    var webhook: String?

    @Option(help: ArgumentHelp("The same with the URL in a file.", valueName: "file"))
    var webhookFile: String?

    @Option(help: ArgumentHelp("The same with the URL in a Systems Manager parameter.", valueName: "name"))
    var webhookParameter: String?

    mutating func validate() throws {
        if slackWebhookFile != nil && slackWebhookParameter != nil {
            throw ValidationError("--slack-webhook-file and --slack-webhook-parameter exclude each other")
        }
        if [webhook, webhookFile, webhookParameter].count(where: { $0 != nil }) > 1 {
            throw ValidationError("--webhook, --webhook-file and --webhook-parameter exclude each other")
        }
    }

    var settings: NotificationSettings {
        var settings = NotificationSettings()
        settings.slackWebhookFile = slackWebhookFile
        settings.slackWebhookParameter = slackWebhookParameter
        settings.webhook = webhook
        settings.webhookFile = webhookFile
        settings.webhookParameter = webhookParameter
        return settings
    }
}
