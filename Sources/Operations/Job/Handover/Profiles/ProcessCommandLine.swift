import AWS
import AzureDevOps
import Domain
import LinuxSystem

/// The command of a profile's `credential_process`: this program with all that was asked of it, and nothing secret.
struct ProcessCommandLine {
    /// The path of this program's binary, whatever links lead to it.
    private let program: String

    /// - Throws: ``ErrorReport`` where the binary is gone from where it was started.
    init() throws(ErrorReport) {
        guard let path = FileSystem.ownBinary else {
            throw ErrorReport(.unexpected, "the file that this program was started from is gone")
        }
        program = path
    }

    /// The words, all of them such as a config file can hold. What the environment said of the role, the region, the
    /// session's name and the token is in them too: whoever calls the command may have another one.
    ///
    /// - Throws: ``ErrorReport`` naming the option whose value is none.
    func words(
        for session: SessionRequest, _ network: NetworkRequest, _ context: Context
    ) throws(ErrorReport) -> [String] {
        let settings = session.settings
        var words =
            [program] + SharedFileProfile.processArguments + ["--quiet", "--role-arn", session.role.text]
        func add(_ option: String, _ values: [String]) { for value in values { words += [option, value] } }
        func add(_ option: String, _ value: String?) { if let value { words += [option, value] } }

        add("--chain-role-arn", session.chain.map(\.text))
        add("--external-id", session.externalID)
        add("--session-name", settings.sessionName ?? context.variable("AWS_ROLE_SESSION_NAME"))
        add("--duration", String(session.duration.seconds))
        add("--region", session.region?.name)
        add("--policy", settings.policyFile.map(FileSystem.absolute))
        add("--policy-arn", settings.policyARNs)
        add("--allowed-account-id", settings.allowedAccounts)
        if settings.verifies { words.append("--verify") }
        switch session.token {
        case .agent(_, _, let connection): add("--service-connection", connection?.text)
        case .file(let path): add("--web-identity-token-file", FileSystem.absolute(path))
        }
        add("--issuer", settings.rules.issuers)
        add("--require-branch", settings.rules.branches)
        add("--require-pipeline", settings.rules.pipelines)
        let timeout = network.timeout.milliseconds
        add("--timeout", timeout % 1000 == 0 ? "\(timeout / 1000)s" : "\(timeout)ms")
        add("--trusted-host", network.trustedHosts)
        add("--ca-bundle", network.caBundle.map(FileSystem.absolute))
        try Self.check(words)
        return words
    }

    /// Python reads the file in whatever encoding the locale says.
    private static func check(_ words: [String]) throws(ErrorReport) {
        for (index, word) in words.enumerated() where !word.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
            let name = index == 0 ? "the path of this program" : words[index - 1]
            throw ErrorReport(
                .badInput,
                "\(name) has characters that a config file cannot hold for all tools: \(ForeignText.clean(word))",
                hints: ["use one of printable ASCII, which tools read the same whatever the locale is"])
        }
    }
}
