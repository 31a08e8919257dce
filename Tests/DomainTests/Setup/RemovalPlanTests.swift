import Testing

@testable import Domain

@Suite struct RemovalPlanTests {
    private static let ownTags = [SetupGoal.ownTag.key: SetupGoal.ownTag.value]
    private static let own = JSONValue.members(["Sid": .text(TrustStatement.sid)])
    private static let arn = "arn:aws:iam::111122223333:oidc-provider/vstoken.dev.azure.com/x"

    /// A statement that lets the provider in.
    private static func trusting(_ sid: String) -> JSONValue {
        .members(["Sid": .text(sid), "Principal": .members(["Federated": .text(arn)])])
    }

    private static let theirs = JSONValue.members(["Sid": .text("Theirs")])

    private func plan(
        provider: [String: String]?, role: RoleState?, others: [String: PolicyDocument] = [:]
    ) -> RemovalPlan {
        let provider = provider.map { ProviderState(audiences: [], thumbprints: [], tags: $0) }
        var policies = others
        policies["deploy"] = role?.trustPolicy
        return RemovalPlan(
            from: SetupState(provider: provider, role: role), role: "deploy", provider: Self.arn, policies: policies)
    }

    @Test("what was made goes, policies first")
    func everything() {
        let role = RoleState(
            trustPolicy: PolicyDocument(statements: [Self.own]), tags: Self.ownTags, attachedPolicies: ["arn:p"],
            inlinePolicies: ["keyless": nil])
        let plan = plan(provider: Self.ownTags, role: role)
        #expect(
            plan.changes == [
                .detachPolicy("arn:p"), .deleteInlinePolicy(name: "keyless"), .deleteRole, .deleteProvider,
            ])
        #expect(plan.kept.isEmpty)
    }

    @Test("a role of others loses the own statement and nothing else, its provider stays")
    func adopted() {
        let role = RoleState(
            trustPolicy: PolicyDocument(statements: [Self.theirs, Self.own]), attachedPolicies: ["arn:p"])
        let plan = plan(provider: [:], role: role)
        #expect(
            plan.changes == [
                .updateTrustPolicy(from: role.trustPolicy, to: PolicyDocument(statements: [Self.theirs]))
            ])
        #expect(plan.kept.count == 2)
    }

    @Test("an own role that others are trusted by too is not deleted")
    func shared() {
        let role = RoleState(trustPolicy: PolicyDocument(statements: [Self.own, Self.theirs]), tags: Self.ownTags)
        #expect(plan(provider: nil, role: role).changes.map(\.action) == ["iam:UpdateAssumeRolePolicy"])
    }

    @Test("a provider that other roles trust stays")
    func dependents() {
        let plan = plan(
            provider: Self.ownTags, role: nil, others: ["other": PolicyDocument(statements: [Self.trusting("Theirs")])])
        #expect(plan.changes.isEmpty)
        #expect(plan.kept == ["the OIDC provider stays: other trust it too"])
    }

    @Test("a provider that the role itself still needs stays, and one that only the own statement needed goes")
    func stillNeeded() {
        let tags = ["ManagedBy": "terraform"].merging(Self.ownTags) { $1 }
        let managed = RoleState(
            trustPolicy: PolicyDocument(statements: [Self.trusting(TrustStatement.sid)]), tags: tags)
        #expect(plan(provider: Self.ownTags, role: managed).changes.isEmpty)
        let second = RoleState(
            trustPolicy: PolicyDocument(statements: [Self.trusting(TrustStatement.sid), Self.trusting("Theirs")]),
            tags: Self.ownTags)
        #expect(plan(provider: Self.ownTags, role: second).changes.map(\.action) == ["iam:UpdateAssumeRolePolicy"])
        let third = RoleState(
            trustPolicy: PolicyDocument(statements: [Self.trusting(TrustStatement.sid), Self.theirs]),
            tags: Self.ownTags)
        #expect(
            plan(provider: Self.ownTags, role: third).changes.map(\.action) == [
                "iam:UpdateAssumeRolePolicy", "iam:DeleteOpenIDConnectProvider",
            ])
        let own = RoleState(
            trustPolicy: PolicyDocument(statements: [Self.trusting(TrustStatement.sid)]), tags: Self.ownTags)
        #expect(
            plan(provider: Self.ownTags, role: own).changes.map(\.action) == [
                "iam:DeleteRole", "iam:DeleteOpenIDConnectProvider",
            ])
    }

    @Test("where nothing is, nothing is to be done")
    func nothing() {
        #expect(
            plan(provider: nil, role: nil)
                == RemovalPlan(from: SetupState(), role: nil, provider: Self.arn, policies: [:]))
        #expect(plan(provider: nil, role: nil).changes.isEmpty)
    }
}
