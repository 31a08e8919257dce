extension Sandbox {
    /// The base URL of Azure DevOps, without a slash at its end.
    package var azureURL: String { url(of: azureServer, relay: 0) }

    /// The base URL of every service of AWS, without a slash at its end.
    package var awsURL: String { url(of: awsServer, relay: 1) }

    /// The base URL of the place for notifications, without a slash at its end.
    package var hooksURL: String { url(of: hooksServer, relay: 2) }

    /// The address of an incoming webhook of Slack. It is a secret.
    package var slackWebhookURL: String { hooksURL + receiver.slackPath }

    /// The address of a webhook that takes any JSON. It is a secret.
    package var webhookURL: String { hooksURL + receiver.webhookPath }

    private func url(of server: HTTPServer, relay: Int) -> String {
        let port = relays.isEmpty ? server.port : relays[relay].port
        return "\(server.isTLS ? "https" : "http")://localhost:\(port)"
    }

    /// What keyless has to trust: Azure DevOps, AWS and the place for notifications, as `localhost:PORT`.
    package var trustedHosts: [String] {
        [azureURL, awsURL, hooksURL].map { String($0.drop { $0 != "/" }.dropFirst(2)) }
    }

    /// The flags for that: `--trusted-host localhost:PORT` three times.
    package var trustedHostArguments: [String] { trustedHosts.flatMap { ["--trusted-host", $0] } }
}
