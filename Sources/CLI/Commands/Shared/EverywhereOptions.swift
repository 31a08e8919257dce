import ArgumentParser
import Domain
import Operations

/// What every command takes.
struct EverywhereOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How long the whole command may take, of many accounts each, of a rotation each step: 90, 5m, 500ms.",
            valueName: "time"))
    var timeout = TimeSpan(.seconds(60))

    @Option(
        name: .customLong("trusted-host"), parsing: .singleValue,
        help: ArgumentHelp(
            "A host, or host:port, that may be given tokens besides Azure DevOps and AWS. Repeatable.",
            valueName: "host"))
    var trustedHosts: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Certificates to trust instead of the system's, or besides them where IAM providers are set up (default: \
            AWS_CA_BUNDLE, then the agent's).
            """, valueName: "file"))
    var caBundle: String?

    @Flag(help: "Say what is done, hop by hop. Secrets are never shown.")
    var verbose = false

    @Flag(help: "Say nothing but errors.")
    var quiet = false

    var verbosity: Verbosity { verbose ? .verbose : quiet ? .quiet : .normal }

    mutating func validate() throws {
        if verbose && quiet { throw ValidationError("--verbose and --quiet exclude each other") }
        for host in trustedHosts {
            guard let url = try? HTTPURL("https://\(host)"), url.path == "/", url.query == nil, !host.hasSuffix("/")
            else {
                throw ValidationError("--trusted-host takes a host or host:port, such as tfs.example.com:8443")
            }
        }
    }

    /// - Throws: ``ErrorReport`` for a CA file that is none, or an unusable proxy.
    func network(_ context: Context) throws(ErrorReport) -> NetworkRequest {
        try NetworkRequest(timeout: timeout.duration, trustedHosts: trustedHosts, caBundle: caBundle, context)
    }
}
