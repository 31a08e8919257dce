import AWS
import Domain

/// What `keyless refresh-thumbprints` is asked for.
package struct RefreshRequest: Sendable {
    let filter: ProviderFilter
    /// Whether thumbprints that no host presents any more are dropped.
    let isPruning: Bool
    let admin: AdminSettings
    let change: ChangeRequest
    let network: NetworkRequest

    package init(
        _ filter: ProviderFilter, isPruning: Bool, admin: AdminSettings, change: ChangeRequest, network: NetworkRequest
    ) {
        (self.filter, self.isPruning, self.admin) = (filter, isPruning, admin)
        (self.change, self.network) = (change, network)
    }
}

/// Which OIDC providers of an account are meant; all that satisfy each kind of condition.
package struct ProviderFilter: Sendable {
    let arns: [String]
    private let issuerHosts: [String]
    private let tags: [(key: String, value: String)]

    /// - Parameters:
    ///   - issuerHosts: hosts of issuers, in either case of letters.
    ///   - tags: `key=value`; a provider must have all of them.
    /// - Throws: ``ErrorReport`` for what is no ARN of a provider, or no tag.
    package init(arns: [String], issuerHosts: [String], tags: [String]) throws(ErrorReport) {
        if let wrong = tags.first(where: { !$0.dropFirst().contains("=") }) {
            throw ErrorReport(.usage, "--tag takes key=value, not '\(ForeignText.clean(wrong, limit: 100))'")
        }
        if let wrong = arns.first(where: { !$0.contains(":oidc-provider/") }) {
            throw ErrorReport(
                .usage, "--provider-arn is not an OIDC provider's ARN: '\(ForeignText.clean(wrong, limit: 200))'")
        }
        (self.arns, self.issuerHosts) = (arns, issuerHosts)
        self.tags = tags.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], parts[1])
        }
    }

    /// By what the ARN says alone.
    func admits(arn: String) -> Bool {
        let host = arn.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        return (arns.isEmpty || arns.contains(arn))
            && (issuerHosts.isEmpty || issuerHosts.contains { $0.lowercased() == host.lowercased() })
    }

    func admits(tags found: [String: String]) -> Bool { tags.allSatisfy { found[$0.key] == $0.value } }
}

/// `keyless refresh-thumbprints`: what IAM OIDC providers are pinned to.
package enum RefreshThumbprints {
    /// - Throws: whatever ``ErrorReport`` knows.
    package static func run(_ request: RefreshRequest, _ context: Context, _ console: Console) async throws {
        let network = Network(request.network, context, console, addsAuthorities: true)
        let probe = ThumbprintProbe(request.network, context)
        let credentials = try AdminCredentials(request.admin, context, network, console)
        let administrator = try await Administrator(credentials, over: network, context)
        let work = RefreshWork(
            request: request, administrator: administrator, probe: probe, network: network, console: console)
        try await PlannedRun(work: work, change: request.change, context: context, console: console).run().finish()
    }
}
