import Emulator

extension AWSWorld {
    /// What IAM holds, a line for each provider and role, always in the same order: two worlds with the same lines are
    /// the same.
    var lines: [String] {
        accounts.sorted { $0.key < $1.key }.flatMap { id, account in
            account.providers.sorted { $0.key < $1.key }.map { "\(id) provider \($0.key) \(Self.words($0.value))" }
                + account.roles.sorted { $0.key < $1.key }.map { "\(id) role \($0.value.name) \(Self.words($0.value))" }
        }
    }

    private static func words(_ provider: Provider) -> String {
        "audiences=\(provider.clientIDs.sorted()) thumbprints=\(provider.thumbprints) tags=\(words(provider.tags))"
    }

    private static func words(_ role: Role) -> String {
        let inline = role.inlinePolicies.sorted { $0.key < $1.key }.map { "\($0.key)=\(flat($0.value))" }
        return """
            path=\(role.path) duration=\(role.maxSessionDuration) boundary=\(role.permissionsBoundary ?? "none") \
            policies=\(role.attachedPolicies.sorted()) inline=\(inline) tags=\(words(role.tags)) \
            trust=\(flat(role.trustPolicy))
            """
    }

    private static func words(_ tags: [Tag]) -> [String] { tags.map { "\($0.key)=\($0.value)" }.sorted() }

    private static func flat(_ json: String) -> String { json.filter { !$0.isWhitespace } }

    /// Takes permissions away from whoever an administrator works as in that account.
    mutating func deny(_ actions: [String], in account: String) {
        if account == "111122223333" {
            administrator?.deniedActions += actions
        } else {
            self[role: "arn:aws:iam::\(account):role/\(Self.memberRole)"]?.deniedActions += actions
        }
    }

    /// Takes that back.
    mutating func allow(_ actions: [String], in account: String) {
        if account == "111122223333" {
            administrator?.deniedActions.removeAll { actions.contains($0) }
        } else {
            self[role: "arn:aws:iam::\(account):role/\(Self.memberRole)"]?.deniedActions.removeAll {
                actions.contains($0)
            }
        }
    }
}
