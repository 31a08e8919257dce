import AWS
import Domain

/// One account that is being set up.
struct AccountSetup: Sendable {
    /// How often the account is looked at anew when it turns out not to be as it was: a creation whose answer was lost,
    /// or somebody else at work.
    private static let mostRounds = 3

    let account: Administrator.Account
    let iam: IAMClient
    let goal: SetupGoal

    private var providerARN: String { goal.issuer.providerARN(account.partition, account.id).text }

    /// Looks at the account.
    ///
    /// - Throws: ``AWSError``.
    func state() async throws -> SetupState {
        async let provider = iam.openIDConnectProvider(providerARN)
        async let role = existingRole()
        return SetupState(provider: try await provider, role: try await role)
    }

    private func existingRole() async throws(AWSError) -> RoleState? {
        guard let role = goal.role else { return nil }
        return try await iam.role(
            RoleName(role.name, path: role.path ?? "/"), inlinePolicy: RoleGoal.inlinePolicyName)
    }

    /// What there is to do.
    ///
    /// - Throws: ``AWSError``, ``SetupRefusal``, ``ErrorReport`` for a policy of another partition or account.
    func plan() async throws -> SetupPlan {
        try checkPolicies()
        return try SetupPlan(from: await state(), to: goal, providerARN: providerARN)
    }

    /// What there is to take away.
    ///
    /// - Throws: ``AWSError``.
    func removalPlan() async throws -> RemovalPlan { try await removalPlan(from: await state()) }

    /// - Parameter state: without the provider or the role to leave that out.
    private func removalPlan(from state: SetupState) async throws(AWSError) -> RemovalPlan {
        let policies = state.provider == nil ? [:] : try await iam.trustPolicies()
        return RemovalPlan(from: state, role: goal.role?.name, provider: providerARN, policies: policies)
    }

    /// Makes the changes; if the account has become another meanwhile, those that are still to be made.
    ///
    /// - Parameter isBinding: whether a person agreed to just these changes, so that no others may be made.
    /// - Throws: ``AWSError``, ``SetupRefusal``, ``ErrorReport``.
    func apply(_ plan: SetupPlan, isBinding: Bool) async throws {
        var (rest, round) = (plan, 1)
        while true {
            do {
                for change in rest.changes {
                    try await checkUnchanged(before: change, at: rest.rolePath)
                    try await make(change, at: rest.rolePath)
                }
                return
            } catch {
                guard round < Self.mostRounds, Self.meansAnotherState(error) else { throw error }
                rest = try await self.plan()
                guard !isBinding || rest.changes.allSatisfy(plan.changes.contains) else {
                    throw ChangedMeanwhile(what: "account \(account.id)")
                }
            }
            round += 1
        }
    }

    /// Makes the changes of a removal. What is gone already is as good as taken away; what has become somebody else's
    /// since it was looked at is left.
    ///
    /// - Throws: ``AWSError``, ``ErrorReport``.
    func apply(_ plan: RemovalPlan) async throws {
        for (index, change) in plan.changes.enumerated() {
            let rest = plan.changes[index...].filter { $0.isProviders == change.isProviders }
            let present = try await removalPlan(
                from: change.isProviders
                    ? SetupState(provider: try await iam.openIDConnectProvider(providerARN))
                    : SetupState(role: try await existingRole()))
            // Somebody else who takes the same away is no hindrance; somebody who uses it is.
            guard present.changes.allSatisfy(rest.contains), present.kept.allSatisfy(plan.kept.contains) else {
                throw ChangedMeanwhile(
                    what: change.isProviders ? "the OIDC provider" : "the role \(goal.role?.name ?? "")")
            }
            guard present.changes.contains(change) else { continue }
            do throws(AWSError) {
                try await make(change, at: plan.rolePath)
            } catch {
                guard error.code == "NoSuchEntity" else { throw error }
            }
        }
    }

    /// Makes sure that what a change replaces is what the plan says: IAM has no condition for that.
    private func checkUnchanged(before change: SetupChange, at rolePath: String?) async throws {
        let name = RoleName(goal.role?.name ?? "", path: rolePath ?? goal.role?.path ?? "/")
        let isUnchanged =
            switch change {
            case .updateTrustPolicy(let old, _): try await iam.trustPolicy(of: name) == old
            case .putInlinePolicy(let policy, let old, _): try await iam.inlinePolicy(policy, of: name) == old
            case .updateMaximumSessionDuration(let old, _): try await existingRole()?.maximumSessionDuration == old
            case .putPermissionsBoundary(let old, _): try await existingRole()?.permissionsBoundary == old
            case .updateThumbprints(let old, _): try await iam.openIDConnectProvider(providerARN)?.thumbprints == old
            default: true
            }
        if !isUnchanged {
            throw ChangedMeanwhile(what: change.isProviders ? "the OIDC provider" : "the role \(name.name)")
        }
    }

    private func make(_ change: SetupChange, at rolePath: String?) async throws(AWSError) {
        if change.isProviders {
            try await makeProviders(change)
        } else if let role = goal.role {
            try await makeRoles(change, RoleName(role.name, path: rolePath ?? role.path ?? "/"))
        }
    }

    private func makeProviders(_ change: SetupChange) async throws(AWSError) {
        switch change {
        case .createProvider(let audiences, let thumbprints, let tags):
            try await iam.createOpenIDConnectProvider(
                goal.issuer, audiences: audiences, thumbprints: thumbprints, tags: tags)
        case .addAudience(let audience): try await iam.addAudience(audience, toProvider: providerARN)
        case .updateThumbprints(_, let thumbprints):
            try await iam.updateThumbprints(thumbprints, ofProvider: providerARN)
        case .tagProvider(let tags): try await iam.tagProvider(providerARN, tags)
        case .deleteProvider: try await iam.deleteProvider(providerARN)
        default: break
        }
    }

    private func makeRoles(_ change: SetupChange, _ role: RoleName) async throws(AWSError) {
        switch change {
        case .createRole(let new): try await iam.createRole(role.name, new)
        case .updateTrustPolicy(_, let policy): try await iam.updateTrustPolicy(of: role, to: policy)
        case .updateMaximumSessionDuration(_, let seconds):
            try await iam.updateMaximumSessionDuration(of: role, to: seconds)
        case .putPermissionsBoundary(_, let arn): try await iam.putPermissionsBoundary(arn, onRole: role)
        case .tagRole(let tags): try await iam.tagRole(role, tags)
        case .attachPolicy(let arn): try await iam.attachPolicy(arn, toRole: role)
        case .putInlinePolicy(let name, _, let policy):
            try await iam.putInlinePolicy(policy, named: name, inRole: role)
        case .detachPolicy(let arn): try await iam.detachPolicy(arn, fromRole: role)
        case .deleteInlinePolicy(let name, _): try await iam.deleteInlinePolicy(named: name, ofRole: role)
        case .deleteRole: try await iam.deleteRole(role)
        default: break
        }
    }

    /// Whether the account is not as it was when it was looked at.
    private static func meansAnotherState(_ error: any Error) -> Bool {
        error is ChangedMeanwhile
            || ["EntityAlreadyExists", "NoSuchEntity", "ConcurrentModification"].contains((error as? AWSError)?.code)
    }

    private func checkPolicies() throws(ErrorReport) {
        guard let role = goal.role else { return }
        for policy in role.policies + [role.permissionsBoundary].compactMap(\.self) {
            if policy.partition != account.partition {
                throw ErrorReport(
                    .usage,
                    "\(policy) is in partition \(policy.partition), and account \(account.id) in \(account.partition)")
            }
            if let owner = policy.account, owner != account.id {
                throw ErrorReport(
                    .usage, "\(policy) is of account \(owner), and a role of \(account.id) can have its own and AWS's")
            }
        }
    }
}
