import Domain

/// A change of a setup for a person to read, and to agree to.
struct ChangeListing {
    private let change: SetupChange
    private let goal: SetupGoal

    init(_ change: SetupChange, of goal: SetupGoal) { (self.change, self.goal) = (change, goal) }

    private var role: String { "role \(goal.role?.name ?? "")" }
    private var provider: String { "OIDC provider \(goal.issuer.path)" }

    /// In a few words, without a sign before it.
    var summary: String {
        switch change {
        case .createProvider: "create \(provider)"
        case .addAudience(let audience): "accept audience \(audience) at \(provider)"
        case .updateThumbprints: "update the thumbprints of \(provider)"
        case .tagProvider: "tag \(provider)"
        case .createRole: "create \(role)"
        case .updateTrustPolicy: "change the trust policy of \(role)"
        case .updateMaximumSessionDuration(let old, let new):
            "let sessions of \(role) last \(new) s instead of \(old) s"
        case .putPermissionsBoundary(let old, let new):
            "set the permissions boundary of \(role) to \(new)" + (old.map { " instead of \($0)" } ?? "")
        case .tagRole: "tag \(role)"
        case .attachPolicy(let arn): "attach \(arn) to \(role)"
        case .putInlinePolicy(let name, let old, _):
            old == nil ? "put policy '\(name)' into \(role)" : "change policy '\(name)' of \(role)"
        case .detachPolicy(let arn): "detach \(arn) from \(role)"
        case .deleteInlinePolicy(let name, _): "delete policy '\(name)' of \(role)"
        case .deleteRole: "delete \(role)"
        case .deleteProvider: "delete \(provider)"
        }
    }

    /// `+` for what is added, `-` for what is taken away, `~` for what is changed.
    private var sign: String {
        switch change {
        case .createProvider, .addAudience, .createRole, .attachPolicy, .tagProvider, .tagRole: "+"
        case .putInlinePolicy(_, let old, _): old == nil ? "+" : "~"
        case .updateThumbprints, .updateTrustPolicy, .updateMaximumSessionDuration, .putPermissionsBoundary: "~"
        case .detachPolicy, .deleteInlinePolicy, .deleteRole, .deleteProvider: "-"
        }
    }

    /// The summary and, indented below it, every value that is set.
    var lines: [String] { ["\(sign) \(summary)"] + details.map { "    \($0)" } }

    private var details: [String] {
        switch change {
        case .createProvider(let audiences, let thumbprints, let tags):
            audiences.map { "audience    \($0)" } + thumbprints.map { "thumbprint  \($0)" } + Self.lines(tags)
        case .updateThumbprints(let old, let new):
            old.filter { !new.contains($0) }.map { "- \($0)" } + new.map { old.contains($0) ? "  \($0)" : "+ \($0)" }
        case .tagProvider(let tags), .tagRole(let tags): Self.lines(tags)
        case .createRole(let role):
            [
                role.path == "/" ? nil : "path                  \(role.path)",
                role.maximumSessionDuration.map { "longest session       \($0) s" },
                role.permissionsBoundary.map { "permissions boundary  \($0)" },
            ].compactMap(\.self) + Self.lines(role.tags) + role.trustPolicy.lines
        case .updateTrustPolicy(let old, let new): new.difference(from: old)
        case .putInlinePolicy(_, let old?, let new): new.difference(from: old)
        case .putInlinePolicy(_, nil, let new): new.lines
        default: []
        }
    }

    private static func lines(_ tags: [String: String]) -> [String] {
        tags.sorted { $0.key < $1.key }.map { "tag         \($0.key) = \($0.value)" }
    }
}

extension PolicyDocument {
    fileprivate var lines: [String] { prettyText.split(separator: "\n").map(String.init) }

    /// All lines of this document with a sign before those that the other has not, and those of the other that are gone.
    fileprivate func difference(from old: PolicyDocument) -> [String] {
        let (old, new) = (old.lines, lines)
        let difference = new.difference(from: old)
        let removed = Set(difference.removals.map(\.offset)), inserted = Set(difference.insertions.map(\.offset))
        var (lines, place) = ([String](), 0)
        for (index, line) in new.enumerated() {
            while removed.contains(place) {
                lines.append("- \(old[place])")
                place += 1
            }
            lines.append("\(inserted.contains(index) ? "+" : " ") \(line)")
            if !inserted.contains(index) { place += 1 }
        }
        return lines + old[place...].map { "- \($0)" }
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
