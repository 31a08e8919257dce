/// What has to be done so that an account has what it shall have, and nothing else: nothing of others is taken away.
package struct SetupPlan: Sendable, Equatable {
    /// In the order to make them.
    package let changes: [SetupChange]
    /// Where the role is or will be; `nil` where none is wanted.
    package let rolePath: String?

    /// - Parameter arn: of the provider in this account.
    /// - Throws: ``SetupRefusal``.
    package init(
        from state: SetupState, to goal: SetupGoal, providerARN arn: String
    ) throws(SetupRefusal) {
        var changes = Self.changes(of: state.provider, goal)
        if let role = goal.role { changes += try Self.changes(of: state.role, role, goal, arn) }
        self.changes = changes
        rolePath = goal.role.map { state.role?.path ?? $0.path ?? "/" }
    }

    private static func changes(of provider: ProviderState?, _ goal: SetupGoal) -> [SetupChange] {
        guard let provider else {
            let tags = goal.tags.merging([SetupGoal.ownTag.key: SetupGoal.ownTag.value]) { $1 }
            return [.createProvider(audiences: goal.audiences, thumbprints: goal.thumbprints.map(\.text), tags: tags)]
        }
        var changes: [SetupChange] = goal.audiences.filter { !provider.audiences.contains($0) }.map { .addAudience($0) }
        let update = ThumbprintUpdate(
            current: provider.thumbprints.compactMap { Thumbprint($0) }, observed: goal.thumbprints, prune: false)
        if !update.added.isEmpty {
            changes.append(.updateThumbprints(from: provider.thumbprints, to: update.list.map(\.text)))
        }
        let tags = goal.tags.filter { provider.tags[$0.key] != $0.value }
        if !tags.isEmpty { changes.append(.tagProvider(tags)) }
        return changes
    }

    private static func changes(
        of existing: RoleState?, _ goal: RoleGoal, _ setup: SetupGoal, _ providerARN: String
    ) throws(SetupRefusal) -> [SetupChange] {
        let statement = TrustStatement(
            providerARN: providerARN, issuerPath: setup.issuer.path, audiences: setup.audiences,
            subjects: goal.subjects)
        guard let role = existing else {
            let new = SetupChange.NewRole(
                path: goal.path ?? "/", trustPolicy: PolicyDocument(statements: [statement.json]),
                maximumSessionDuration: goal.maximumSessionDuration,
                permissionsBoundary: goal.permissionsBoundary?.text,
                tags: setup.tags.merging([SetupGoal.ownTag.key: SetupGoal.ownTag.value]) { $1 })
            try new.trustPolicy.checkSize()
            return [.createRole(new)] + policies(of: nil, goal)
        }
        if let owner = role.owner { throw .foreignRole(name: goal.name, owner: owner) }
        if let path = goal.path, path != role.path {
            throw .differentPath(name: goal.name, existing: role.path, wanted: path)
        }
        let trust = role.trustPolicy.replacing(TrustStatement.sid, by: statement.json)
        var changes: [SetupChange] = []
        if trust != role.trustPolicy {
            try trust.checkSize(replacing: role.trustPolicy)
            changes.append(.updateTrustPolicy(from: role.trustPolicy, to: trust))
        }
        changes += attributes(of: role, goal, setup.tags)
        return changes + policies(of: role, goal)
    }

    private static func attributes(of role: RoleState, _ goal: RoleGoal, _ tags: [String: String]) -> [SetupChange] {
        var changes: [SetupChange] = []
        if let duration = goal.maximumSessionDuration, duration != role.maximumSessionDuration {
            changes.append(.updateMaximumSessionDuration(from: role.maximumSessionDuration, to: duration))
        }
        if let boundary = goal.permissionsBoundary?.text, boundary != role.permissionsBoundary {
            changes.append(.putPermissionsBoundary(from: role.permissionsBoundary, to: boundary))
        }
        let missing = tags.filter { role.tags[$0.key] != $0.value }
        if !missing.isEmpty { changes.append(.tagRole(missing)) }
        return changes
    }

    private static func policies(of role: RoleState?, _ goal: RoleGoal) -> [SetupChange] {
        let attached = role?.attachedPolicies ?? []
        var changes: [SetupChange] = goal.policies.filter { !attached.contains($0.text) }.map { .attachPolicy($0.text) }
        let name = RoleGoal.inlinePolicyName
        let present = role?.inlinePolicies[name] ?? nil
        if let policy = goal.inlinePolicy, policy != present {
            changes.append(.putInlinePolicy(name: name, from: present, to: policy))
        }
        return changes
    }
}

extension PolicyDocument {
    /// What IAM takes in a role's trust policy by default, and where the quota was raised (IAM User Guide, "IAM and AWS
    /// STS quotas").
    private static let trustPolicyLimits = (usual: 2048, raised: 4096)

    /// Whether IAM takes it as a role's trust policy.
    ///
    /// - Parameter existing: a document that is longer than usual shows that the account's quota was raised.
    /// - Throws: ``SetupRefusal/trustPolicyTooLong(size:limit:)``.
    package func checkSize(replacing existing: PolicyDocument? = nil) throws(SetupRefusal) {
        let isRaised = (existing?.size ?? 0) > Self.trustPolicyLimits.usual
        let limit = isRaised ? Self.trustPolicyLimits.raised : Self.trustPolicyLimits.usual
        if size > limit { throw .trustPolicyTooLong(size: size, limit: limit) }
    }
}

extension RoleState {
    /// Who else keeps the role, as far as the role says; `nil` where it may be changed.
    var owner: String? {
        if path.hasPrefix("/aws-service-role/") { return "an AWS service, whose service-linked role it is" }
        if path.hasPrefix("/aws-reserved/") { return "AWS IAM Identity Center" }
        if let stack = tags["aws:cloudformation:stack-name"] { return "the CloudFormation stack \(stack)" }
        let managers = tags.filter {
            ["managedby", "managed-by", "managed_by", "terraform", "pulumi:project"].contains($0.key.lowercased())
        }
        return managers.min { $0.key < $1.key }.map { "something else: its tag \($0.key) says \($0.value)" }
    }
}

/// Why a setup is not made although IAM would let it.
package enum SetupRefusal: Error, Sendable, Equatable {
    /// Something else keeps the role as it is, and would undo or be broken by a change; `owner` names it.
    case foreignRole(name: String, owner: String)
    /// A role's path cannot be changed.
    case differentPath(name: String, existing: String, wanted: String)
    /// The trust policy would be longer than IAM takes, in characters without white space.
    case trustPolicyTooLong(size: Int, limit: Int)
}
