import ArgumentParser

/// Which OIDC providers of an account are meant; all that satisfy each kind of condition.
struct ProviderFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this provider. Repeatable.", valueName: "arn"))
    var providerArn: [String] = []

    @Option(help: ArgumentHelp("Only providers whose issuer is on this host. Repeatable.", valueName: "host"))
    var issuerHost: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only providers with this tag; with several, those that have all. Repeatable.", valueName: "key=value"))
    var tag: [String] = []

    mutating func validate() throws {
        if let wrong = tag.first(where: { !$0.dropFirst().contains("=") }) {
            throw ValidationError("--tag takes key=value, not '\(wrong)'")
        }
        if let wrong = providerArn.first(where: { !$0.contains(":oidc-provider/") }) {
            throw ValidationError("--provider-arn is not an OIDC provider's ARN: '\(wrong)'")
        }
    }

    /// By what the ARN says alone.
    func admits(arn: String) -> Bool {
        let host = arn.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        return (providerArn.isEmpty || providerArn.contains(arn))
            && (issuerHost.isEmpty || issuerHost.contains { $0.lowercased() == host.lowercased() })
    }

    func admits(tags: [String: String]) -> Bool {
        tag.allSatisfy { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return tags[parts[0]] == parts[1]
        }
    }
}
