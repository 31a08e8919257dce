import Emulator
import TestSupport

/// What a script's sandbox is like, from its `world` lines.
struct ScriptWorld {
    private var options = Sandbox.Options()
    private var (accounts, throttling, failure) = (0, 0, 0)
    /// In seconds.
    private var longestSession: Int?
    /// What somebody else does while requests are on their way.
    let meanwhile = Meanwhile()
    /// How long tokens hold, in seconds.
    private var tokenLifetime: Int?
    /// Whether the environment has an administrator's credentials.
    private(set) var isAdministrators = false
    /// The names of the variables with addresses for notifications that the environment has.
    private(set) var addresses: Set<String> = []

    init(_ lines: [Script.Line]) throws {
        for line in lines where line.words[0].text == "world" {
            var words = line.words.dropFirst().map(\.text)[...]
            while let word = words.popFirst() {
                switch word {
                case "nasty-values": options.hasNastyValues = true
                case "plain-http": options.isPlainHTTP = true
                case "administrator": isAdministrators = true
                case "issuer-proxy": options.hasIssuerProxy = true
                case "slack-webhook": addresses.insert("SLACK_WEBHOOK_URL")
                case "webhook": addresses.insert("KEYLESS_WEBHOOK_URL")
                case "slow": options.latency = .milliseconds(20)
                case "throttled": throttling = 5
                case "failing": failure = 3
                case "sessions": longestSession = words.popFirst().flatMap { Int($0) }
                case "tokens": tokenLifetime = words.popFirst().flatMap { Int($0) }
                case "accounts": accounts = words.popFirst().flatMap { Int($0) } ?? 0
                default:
                    guard let kind = Authority.Kind(rawValue: word) else {
                        throw TestSetupError("line \(line.number): there is no world '\(word)'")
                    }
                    options.certificate = kind
                }
            }
        }
    }

    func start() async throws -> Sandbox {
        var options = options
        options.onRequest = { [meanwhile] in meanwhile.met($0.operation) }
        let sandbox = try await Sandbox.start(options)
        sandbox.faults.setRates(throttling: throttling, failure: failure)
        if accounts > 0 { sandbox.changeAWS { $0.addAccounts(count: accounts) } }
        sandbox.changeAWS { [longestSession] in $0.longestSession = longestSession }
        if let tokenLifetime { sandbox.changeAzure { $0.token.lifetime = .seconds(tokenLifetime) } }
        return sandbox
    }
}
