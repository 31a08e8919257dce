import Domain

/// Providers' thumbprints for a person and for a program.
struct ThumbprintListing {
    private let providers: [ProviderPart]

    init(_ providers: [ProviderPart]) { self.providers = providers }

    /// Each provider with what was found and what is to be changed.
    var text: String {
        guard !providers.isEmpty else { return "no OIDC provider is meant\n" }
        let lines = providers.flatMap { provider -> [String] in
            ["\(provider.path)  \(provider.status.words)"] + Self.details(of: provider).map { "  \($0)" }
        }
        return lines.map { ForeignText.clean($0, limit: 4000) + "\n" }.joined()
    }

    private static func details(of provider: ProviderPart) -> [String] {
        switch provider.result {
        case .failure(let report): [report.message]
        case .success(let look): look.observation.words + changes(of: look.update)
        }
    }

    private static func changes(of update: ThumbprintUpdate) -> [String] {
        update.added.map { "+ \($0)" } + update.kept.map { "  \($0)" } + update.dropped.map { "- \($0)" }
    }

    /// The same for a program. Names do not change from version to version.
    var json: String {
        let items = providers.map { provider -> JSONValue in
            var members: [String: JSONValue] = ["arn": .text(provider.arn)]
            var steps: [PlannedStep] = []
            if case .success(let look) = provider.result {
                members["usedByAWS"] = .boolean(look.observation.isUsedByAWS)
                members["thumbprints"] = Self.list(look.update.list)
                members["added"] = Self.list(look.update.added)
                members["dropped"] = Self.list(look.update.dropped)
                if look.update.isNeeded {
                    steps = [
                        PlannedStep(
                            action: "iam:UpdateOpenIDConnectProviderThumbprint",
                            summary: "update the thumbprints of OIDC provider \(provider.path)",
                            details: Self.changes(of: look.update))
                    ]
                }
            }
            return .members(provider.json(steps, members))
        }
        return JSONReport.text(
            .refreshThumbprints, ["providers": .list(items)],
            order: [
                "arn", "status", "error", "usedByAWS", "thumbprints", "added", "dropped", "steps", "action", "summary",
            ])
    }

    private static func list(_ thumbprints: [Thumbprint]) -> JSONValue { .list(thumbprints.map { .text($0.text) }) }
}
