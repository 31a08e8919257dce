import Domain

/// Providers' thumbprints for a person and for a program.
struct ThumbprintListing {
    private let providers: [ProviderThumbprints]

    init(_ providers: [ProviderThumbprints]) { self.providers = providers }

    /// Each provider with what was found and what is to be changed.
    var text: String {
        guard !providers.isEmpty else { return "no OIDC provider is meant\n" }
        let lines = providers.flatMap { provider -> [String] in
            ["\(provider.path)  \(provider.word)"] + Self.details(of: provider).map { "  \($0)" }
        }
        return lines.map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }

    private static func details(of provider: ProviderThumbprints) -> [String] {
        switch provider.result {
        case .failure(let report): [report.message]
        case .success(let finding):
            finding.observation.words + finding.update.added.map { "+ \($0)" } + finding.update.kept.map { "  \($0)" }
                + finding.update.dropped.map { "- \($0)" }
        }
    }

    /// The same for a program. Names do not change from version to version.
    var json: String {
        let items = providers.map { provider -> JSONValue in
            var members: [String: JSONValue] = [
                "arn": .text(provider.arn),
                "status": .text(provider.word.split(separator: " ").joined(separator: "-")),
            ]
            switch provider.result {
            case .failure(let report): members["error"] = .text(report.message)
            case .success(let finding):
                members["usedByAWS"] = .boolean(finding.observation.isUsedByAWS)
                members["thumbprints"] = Self.list(finding.update.list)
                members["added"] = Self.list(finding.update.added)
                members["dropped"] = Self.list(finding.update.dropped)
            }
            return .members(members)
        }
        let order = ["arn", "status", "error", "usedByAWS", "thumbprints"]
        return JSONValue.members(["providers": .list(items)]).json(isPretty: true, order: order) + "\n"
    }

    private static func list(_ thumbprints: [Thumbprint]) -> JSONValue { .list(thumbprints.map { .text($0.text) }) }
}
