import Testing

@testable import Domain

@Suite struct SetupPlanTests {
    private static let arn = "arn:aws:iam::111122223333:oidc-provider/vstoken.dev.azure.com/x"
    private let goal: SetupGoal
    private let theirs = JSONValue.members(["Sid": .text("Theirs"), "Effect": .text("Allow")])

    init() throws {
        let subject = try SubjectPattern("sc://o/p/c", issuer: nil)
        goal = SetupGoal(
            issuer: try IssuerURL(validating: "https://vstoken.dev.azure.com/x"), audiences: ["api://A", "b"],
            thumbprints: [try #require(Thumbprint(String(repeating: "a", count: 40)))],
            tags: ["team": "shop"],
            role: RoleGoal(
                name: "deploy", subjects: [subject],
                policies: [try PolicyARN("arn:aws:iam::aws:policy/ReadOnlyAccess")],
                inlinePolicy: try PolicyDocument(#"{"Statement":[{"Sid":"x"}]}"#),
                permissionsBoundary: try PolicyARN("arn:aws:iam::aws:policy/Boundary"), maximumSessionDuration: 7200))
    }

    private func changes(from state: SetupState, to goal: SetupGoal) throws -> [SetupChange] {
        try SetupPlan(from: state, to: goal, providerARN: Self.arn).changes
    }

    /// The state after the changes, as IAM would have it.
    private func made(_ changes: [SetupChange], from state: SetupState) -> SetupState {
        changes.reduce(into: state) { state, change in
            switch change {
            case .createProvider(let audiences, let thumbprints, let tags):
                state.provider = ProviderState(audiences: audiences, thumbprints: thumbprints, tags: tags)
            case .addAudience(let audience): state.provider?.audiences.append(audience)
            case .updateThumbprints(_, let new): state.provider?.thumbprints = new
            case .tagProvider(let tags): state.provider?.tags.merge(tags) { $1 }
            case .createRole(let role):
                state.role = RoleState(
                    path: role.path, trustPolicy: role.trustPolicy,
                    maximumSessionDuration: role.maximumSessionDuration ?? 3600,
                    permissionsBoundary: role.permissionsBoundary, tags: role.tags)
            case .updateTrustPolicy(_, let new): state.role?.trustPolicy = new
            case .updateMaximumSessionDuration(_, let new): state.role?.maximumSessionDuration = new
            case .putPermissionsBoundary(_, let new): state.role?.permissionsBoundary = new
            case .tagRole(let tags): state.role?.tags.merge(tags) { $1 }
            case .attachPolicy(let arn): state.role?.attachedPolicies.insert(arn)
            case .putInlinePolicy(let name, _, let new): state.role?.inlinePolicies[name] = new
            case .detachPolicy, .deleteInlinePolicy, .deleteRole, .deleteProvider: Issue.record("\(change) takes away")
            }
        }
    }

    @Test("an empty account gets everything, and after that nothing is left to do")
    func empty() throws {
        let changes = try changes(from: SetupState(), to: goal)
        #expect(
            changes.map(\.action) == [
                "iam:CreateOpenIDConnectProvider", "iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy",
            ])
        #expect(try self.changes(from: made(changes, from: SetupState()), to: goal).isEmpty)
    }

    @Test("stopped after any change, the next run does the rest and nothing twice", arguments: 0...4)
    func resumed(count: Int) throws {
        let all = try changes(from: SetupState(), to: goal)
        let half = made(Array(all.prefix(count)), from: SetupState())
        let rest = try changes(from: half, to: goal)
        #expect(rest == Array(all.dropFirst(count)))
    }

    private static let drifts: [(String, @Sendable (inout SetupState) -> Void)] = [
        ("iam:AddClientIDToOpenIDConnectProvider", { $0.provider?.audiences = ["api://A"] }),
        ("iam:UpdateOpenIDConnectProviderThumbprint", { $0.provider?.thumbprints = [] }),
        ("iam:TagOpenIDConnectProvider", { $0.provider?.tags["team"] = "other" }),
        ("iam:UpdateAssumeRolePolicy", { $0.role?.trustPolicy = PolicyDocument(statements: []) }),
        ("iam:UpdateRole", { $0.role?.maximumSessionDuration = 3600 }),
        ("iam:PutRolePermissionsBoundary", { $0.role?.permissionsBoundary = nil }),
        ("iam:TagRole", { $0.role?.tags["team"] = nil }),
        ("iam:AttachRolePolicy", { $0.role?.attachedPolicies = [] }),
        ("iam:PutRolePolicy", { $0.role?.inlinePolicies["keyless"] = PolicyDocument(statements: []) }),
    ]

    @Test("each drift is put right by one change", arguments: drifts.indices)
    func drift(index: Int) throws {
        let right = made(try changes(from: SetupState(), to: goal), from: SetupState())
        var state = right
        Self.drifts[index].1(&state)
        let changes = try changes(from: state, to: goal)
        #expect(changes.map(\.action) == [Self.drifts[index].0])
        #expect(made(changes, from: state) == right)
    }

    @Test("what others made stays, and what was not asked for is left alone")
    func adopted() throws {
        var goal = goal
        goal.role = RoleGoal(name: "deploy", subjects: goal.role?.subjects ?? [])
        goal.thumbprints = []
        let provider = ProviderState(audiences: ["other"], thumbprints: ["mine"], tags: ["a": "b"])
        let role = RoleState(
            path: "/x/", trustPolicy: PolicyDocument(statements: [theirs]), maximumSessionDuration: 43200,
            permissionsBoundary: "arn:b", tags: ["c": "d"], attachedPolicies: ["arn:p"], inlinePolicies: ["q": nil])
        let state = SetupState(provider: provider, role: role)
        let after = made(try changes(from: state, to: goal), from: state)
        #expect(after.provider?.audiences == ["other", "api://A", "b"])
        #expect(after.provider?.thumbprints == ["mine"])
        #expect(after.role?.trustPolicy.statement("Theirs") == theirs)
        #expect(after.role?.trustPolicy.statement(TrustStatement.sid) != nil)
        var expected = role
        expected.trustPolicy = after.role?.trustPolicy ?? role.trustPolicy
        expected.tags["team"] = "shop"
        #expect(after.role == expected)
        // The tag says who made a thing, and this was made by others.
        #expect(after.role?.tags[SetupGoal.ownTag.key] == nil && after.provider?.tags[SetupGoal.ownTag.key] == nil)
    }

    @Test(
        "a role that something else keeps is left alone",
        arguments: [
            ("/", ["aws:cloudformation:stack-name": "base"], "the CloudFormation stack base"),
            ("/aws-service-role/x.amazonaws.com/", [:], "an AWS service, whose service-linked role it is"),
            ("/aws-reserved/sso.amazonaws.com/", [:], "AWS IAM Identity Center"),
            ("/", ["ManagedBy": "terraform"], "something else: its tag ManagedBy says terraform"),
        ])
    func foreign(path: String, tags: [String: String], owner: String) {
        let role = RoleState(path: path, trustPolicy: PolicyDocument(statements: [theirs]), tags: tags)
        #expect(throws: SetupRefusal.foreignRole(name: "deploy", owner: owner)) {
            try changes(from: SetupState(role: role), to: goal)
        }
    }

    @Test("a path cannot be changed")
    func path() throws {
        var goal = goal
        goal.role?.path = "/new/"
        let role = RoleState(trustPolicy: PolicyDocument(statements: [theirs]))
        #expect(throws: SetupRefusal.differentPath(name: "deploy", existing: "/", wanted: "/new/")) {
            try changes(from: SetupState(role: role), to: goal)
        }
    }

    @Test("a trust policy that is too long is refused by how much; a long one shows that the quota was raised")
    func size() throws {
        var goal = goal
        goal.role?.subjects = try (10..<60).map {
            try SubjectPattern("sc://organisation/a-project/connection-\($0)", issuer: nil)
        }
        let refusal = #expect(throws: SetupRefusal.self) { try changes(from: SetupState(), to: goal) }
        guard case .trustPolicyTooLong(let size, 2048)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(size > 2048)
        let long = JSONValue.members(["Sid": .text(String(repeating: "x", count: 2048))])
        let role = RoleState(trustPolicy: PolicyDocument(statements: [long]))
        goal.role?.subjects.removeLast(40)
        #expect(
            try changes(from: SetupState(role: role), to: goal).contains { $0.action == "iam:UpdateAssumeRolePolicy" })
    }
}
