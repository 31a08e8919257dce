import AWS
import Domain

/// One account that is being set up.
struct AccountSetup: Sendable {
    /// How often the account is looked at anew when it turns out not to be as it was: a creation whose answer was lost,
    /// or somebody else at work.
    private static let mostRounds = 3

    let account: AccountSession
    let iam: IAMClient
    let goal: SetupGoal

    private var providerARN: String { goal.issuer.arn(partition: account.partition, account: account.id) }
    /// - Parameter path: where the role is, once that is known.
    private func roleARN(at path: String?) -> String {
        "arn:\(account.partition):iam::\(account.id):role\(path ?? goal.role?.path ?? "/")\(goal.role?.name ?? "*")"
    }

    /// Looks at the account.
    ///
    /// - Throws: ``AdminFailure``.
    func state() async throws -> SetupState {
        async let provider = reading("iam:GetOpenIDConnectProvider", providerARN) { () throws(AWSError) in
            try await iam.openIDConnectProvider(providerARN)
        }
        async let role = existingRole()
        return SetupState(provider: try await provider, role: try await role)
    }

    private func existingRole() async throws(AdminFailure) -> RoleState? {
        guard let role = goal.role else { return nil }
        return try await reading("iam:GetRole", roleARN(at: nil)) { () throws(AWSError) in
            try await iam.role(role.name, inlinePolicy: RoleGoal.inlinePolicyName)
        }
    }

    /// What there is to do.
    ///
    /// - Throws: ``AdminFailure``, ``SetupRefusal``, ``ErrorReport`` for a policy of another partition or account.
    func plan() async throws -> SetupPlan {
        try checkPolicies()
        return try SetupPlan(from: await state(), to: goal, providerARN: providerARN)
    }

    /// What there is to take away.
    ///
    /// - Throws: ``AdminFailure``.
    func removalPlan() async throws -> RemovalPlan {
        let state = try await state()
        var dependents: [String] = []
        if state.provider != nil {
            let policies = try await reading("iam:ListRoles", "*") { () throws(AWSError) in
                try await iam.trustPolicies()
            }
            dependents = policies.filter { $0.key != goal.role?.name && $0.value.text.contains("\"\(providerARN)\"") }
                .keys.sorted()
        }
        return RemovalPlan(from: state, role: goal.role?.name, dependents: dependents)
    }

    /// Makes the changes; where the account has become another meanwhile, those that are still to be made.
    ///
    /// - Throws: ``AdminFailure``, ``SetupRefusal``.
    func apply(_ plan: SetupPlan) async throws {
        var plan = plan
        var round = 1
        while let failure = await failure(making: plan.changes, at: plan.rolePath) {
            guard round < Self.mostRounds, failure.meansAnotherState else { throw failure }
            plan = try await self.plan()
            round += 1
        }
    }

    /// Makes the changes of a removal. What is gone already is as good as taken away.
    ///
    /// - Throws: ``AdminFailure``.
    func apply(_ plan: RemovalPlan) async throws {
        for change in plan.changes {
            if let failure = await failure(making: [change], at: plan.rolePath), failure.code != "NoSuchEntity" {
                throw failure
            }
        }
    }

    private func failure(making changes: [SetupChange], at rolePath: String?) async -> AdminFailure? {
        for change in changes {
            do throws(AdminFailure) {
                try await make(change, at: rolePath)
            } catch {
                return error
            }
        }
        return nil
    }

    private func make(_ change: SetupChange, at rolePath: String?) async throws(AdminFailure) {
        do throws(AWSError) {
            if change.isProviders {
                try await makeProviders(change)
            } else if let role = goal.role?.name {
                try await makeRoles(change, role)
            }
        } catch {
            throw AdminFailure(
                action: change.action, resource: change.isProviders ? providerARN : roleARN(at: rolePath),
                caller: account.caller, cause: error)
        }
    }

    private func makeProviders(_ change: SetupChange) async throws(AWSError) {
        switch change {
        case .createProvider(let audiences, let thumbprints, let tags):
            try await iam.createOpenIDConnectProvider(
                url: goal.issuer.text, audiences: audiences, thumbprints: thumbprints, tags: tags)
        case .addAudience(let audience): try await iam.addAudience(audience, toProvider: providerARN)
        case .updateThumbprints(_, let thumbprints):
            try await iam.updateThumbprints(thumbprints, ofProvider: providerARN)
        case .tagProvider(let tags): try await iam.tagProvider(providerARN, tags)
        case .deleteProvider: try await iam.deleteProvider(providerARN)
        default: break
        }
    }

    private func makeRoles(_ change: SetupChange, _ role: String) async throws(AWSError) {
        switch change {
        case .createRole(let new): try await iam.createRole(role, new)
        case .updateTrustPolicy(_, let policy): try await iam.updateTrustPolicy(of: role, to: policy)
        case .updateMaximumSessionDuration(_, let seconds):
            try await iam.updateMaximumSessionDuration(of: role, to: seconds)
        case .putPermissionsBoundary(_, let arn): try await iam.putPermissionsBoundary(arn, onRole: role)
        case .tagRole(let tags): try await iam.tagRole(role, tags)
        case .attachPolicy(let arn): try await iam.attachPolicy(arn, toRole: role)
        case .putInlinePolicy(let name, _, let policy):
            try await iam.putInlinePolicy(policy, named: name, inRole: role)
        case .detachPolicy(let arn): try await iam.detachPolicy(arn, fromRole: role)
        case .deleteInlinePolicy(let name): try await iam.deleteInlinePolicy(named: name, ofRole: role)
        case .deleteRole: try await iam.deleteRole(role)
        default: break
        }
    }

    private func reading<Value: Sendable>(
        _ action: String, _ resource: String, _ read: () async throws(AWSError) -> Value
    ) async throws(AdminFailure) -> Value {
        do throws(AWSError) {
            return try await read()
        } catch {
            // The call that failed knows better than the first of several.
            var action = action
            if case .service(let fault) = error { action = "iam:\(fault.operation)" }
            throw AdminFailure(action: action, resource: resource, caller: account.caller, cause: error)
        }
    }

    private func checkPolicies() throws(ErrorReport) {
        guard let role = goal.role else { return }
        for policy in role.policies + [role.permissionsBoundary].compactMap(\.self) {
            let parts = policy.text.split(separator: ":", omittingEmptySubsequences: false)
            if parts[1] != account.partition {
                throw ErrorReport(
                    .usage, "\(policy) is in partition \(parts[1]), and account \(account.id) in \(account.partition)")
            }
            if parts[4] != "aws" && parts[4] != account.id {
                throw ErrorReport(
                    .usage,
                    "\(policy) is of account \(parts[4]), and a role of \(account.id) can have its own and AWS's")
            }
        }
    }
}

extension AdminFailure {
    /// The service's code.
    fileprivate var code: String? { if case .service(let fault) = cause { fault.code } else { nil } }

    /// Whether the account is not as it was when it was looked at.
    fileprivate var meansAnotherState: Bool {
        ["EntityAlreadyExists", "NoSuchEntity", "ConcurrentModification"].contains(code)
    }
}
