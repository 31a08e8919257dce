import Domain

extension ErrorReport {
    /// No whole answer.
    init(_ error: HTTPError) {
        switch error {
        case .timedOut(let host, .connect):
            self.init(
                .unavailable, "no connection to \(host) in time", hints: [Self.proxyHint(host)])
        case .timedOut(let host, .firstByte):
            self.init(.unavailable, "\(host) took the request and did not answer in time")
        case .timedOut(let host, .total):
            self.init(
                .unavailable, "\(host) did not finish answering in time",
                hints: ["--timeout sets the time for the whole command, 60s by default"])
        case .cannotResolve(let host):
            self.init(
                .unavailable, "the name \(host) has no address here", hints: Self.nameHints(host))
        case .cannotConnect(let host, let reason):
            self.init(.unavailable, "cannot connect to \(host): \(reason)", hints: [Self.proxyHint(host)])
        case .tls(let host, let reason):
            self.init(
                .unavailable, "no trusted TLS connection to \(host): \(reason)",
                hints: ["behind an inspecting proxy or a private authority: --ca-bundle FILE with its root"])
        case .proxy(let reason):
            self.init(
                .unavailable, "the proxy failed: \(reason)",
                hints: ["it is the one of HTTPS_PROXY, else the agent's own; NO_PROXY lists hosts to reach directly"])
        case .connectionLost(let host, let reason):
            self.init(.unavailable, "the connection to \(host) broke: \(reason)")
        case .tooLarge(let host, let limit):
            self.init(.unavailable, "\(host) answered with more than \(limit) bytes")
        case .untrusted(let host, plainHTTP: true):
            self.init(
                .usage, "\(host) is to be reached by plain http, which may carry no secret",
                hints: ["write https; only a server on this machine may go without, with --trusted-host \(host)"])
        case .untrusted(let host, plainHTTP: false):
            self.init(
                .usage, "\(host) is not a host that may be given a secret",
                hints: [
                    "if it is yours, such as an Azure DevOps Server or a private endpoint, add --trusted-host \(host)",
                    "if it is not, find out which step set the variable that names it",
                ])
        case .cancelled:
            self.init(.unavailable, "interrupted")
        case .configuration(let reason):
            self.init(.usage, reason)
        }
    }

    private static func proxyHint(_ host: String) -> String {
        "check that this agent may reach \(host) on port 443; a proxy is taken from HTTPS_PROXY or the agent's settings"
    }

    private static func nameHints(_ host: String) -> [String] {
        // sts.eu-wst-9.amazonaws.com: a region that follows the pattern of regions and does not exist.
        let labels = host.split(separator: ".")
        guard host.contains(".amazonaws."), labels.count >= 4 else { return ["check the agent's DNS and proxy"] }
        return ["is \(labels[1]) a region of AWS? else check the agent's DNS and proxy"]
    }
}
