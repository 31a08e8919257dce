package import Domain

extension IAMClient {
    /// The role with the names of its policies, and the text of the inline policy `named`; `nil` where there is no
    /// such role.
    package func role(_ name: String, inlinePolicy named: String) async throws(AWSError) -> RoleState? {
        guard let answer = try await find("GetRole", [("RoleName", name)])?.first("Role") else { return nil }
        guard let path = answer.string(at: "Path"), let text = answer.string(at: "AssumeRolePolicyDocument") else {
            throw .malformedAnswer(operation: "GetRole", reason: "it has no path or no trust policy")
        }
        let trustPolicy = try Self.policy(text, operation: "GetRole")
        async let attached = attachedPolicies(of: name)
        async let inline = inlinePolicies(of: name, withTextOf: named)
        var role = RoleState(
            path: path, trustPolicy: trustPolicy,
            maximumSessionDuration: answer.string(at: "MaxSessionDuration").flatMap { Int($0) } ?? 3600,
            permissionsBoundary: answer.string(at: "PermissionsBoundary/PermissionsBoundaryArn"),
            tags: answer.tags(at: "Tags"))
        do {
            (role.attachedPolicies, role.inlinePolicies) = (try await attached, try await inline)
        } catch {
            // `async let` forgets the type.
            throw error as? AWSError ?? .transport(.cancelled)
        }
        return role
    }

    /// The trust policy of a role; `nil` where there is no such role, or it has another ARN because of its path.
    package func trustPolicy(of role: RoleARN) async throws(AWSError) -> PolicyDocument? {
        guard let answer = try await find("GetRole", [("RoleName", role.name)])?.first("Role"),
            answer.string(at: "Arn") == role.text
        else { return nil }
        guard let text = answer.string(at: "AssumeRolePolicyDocument") else {
            throw .malformedAnswer(operation: "GetRole", reason: "it has no trust policy")
        }
        return try Self.policy(text, operation: "GetRole")
    }

    private func attachedPolicies(of role: String) async throws(AWSError) -> Set<String> {
        let members = try await list("ListAttachedRolePolicies", [("RoleName", role)], path: "AttachedPolicies")
        return Set(members.compactMap { $0.string(at: "PolicyArn") })
    }

    private func inlinePolicies(
        of role: String, withTextOf name: String
    ) async throws(AWSError) -> [String: PolicyDocument?] {
        let names = try await list("ListRolePolicies", [("RoleName", role)], path: "PolicyNames")
        var policies = Dictionary(names.map { ($0.text.exposedText, PolicyDocument?.none) }) { first, _ in first }
        if policies[name] != nil,
            let answer = try await find("GetRolePolicy", [("RoleName", role), ("PolicyName", name)]),
            let text = answer.string(at: "PolicyDocument")
        {
            policies[name] = try Self.policy(text, operation: "GetRolePolicy")
        }
        return policies
    }

    /// The trust policies of all roles of the account, by the role's name. A role whose policy cannot be read is left
    /// out: IAM itself took it once.
    package func trustPolicies() async throws(AWSError) -> [String: PolicyDocument] {
        var policies: [String: PolicyDocument] = [:]
        for role in try await list("ListRoles", path: "Roles") {
            guard let name = role.string(at: "RoleName"), let text = role.string(at: "AssumeRolePolicyDocument")
            else { continue }
            policies[name] = try? Self.policy(text, operation: "ListRoles")
        }
        return policies
    }

    package func createRole(_ name: String, _ role: SetupChange.NewRole) async throws(AWSError) {
        try await call(
            "CreateRole",
            [
                ("RoleName", name), ("Path", role.path), ("AssumeRolePolicyDocument", role.trustPolicy.text),
                ("MaxSessionDuration", role.maximumSessionDuration.map { "\($0)" }),
                ("PermissionsBoundary", role.permissionsBoundary),
            ] + Self.members(role.tags))
    }

    package func updateTrustPolicy(of role: String, to policy: PolicyDocument) async throws(AWSError) {
        try await call("UpdateAssumeRolePolicy", [("RoleName", role), ("PolicyDocument", policy.text)])
    }

    /// - Parameter seconds: 3600 to 43200.
    package func updateMaximumSessionDuration(of role: String, to seconds: Int) async throws(AWSError) {
        try await call("UpdateRole", [("RoleName", role), ("MaxSessionDuration", "\(seconds)")])
    }

    package func putPermissionsBoundary(_ arn: String, onRole role: String) async throws(AWSError) {
        try await call("PutRolePermissionsBoundary", [("RoleName", role), ("PermissionsBoundary", arn)])
    }

    package func tagRole(_ role: String, _ tags: [String: String]) async throws(AWSError) {
        try await call("TagRole", [("RoleName", role)] + Self.members(tags))
    }

    package func attachPolicy(_ arn: String, toRole role: String) async throws(AWSError) {
        try await call("AttachRolePolicy", [("RoleName", role), ("PolicyArn", arn)])
    }

    package func detachPolicy(_ arn: String, fromRole role: String) async throws(AWSError) {
        try await call("DetachRolePolicy", [("RoleName", role), ("PolicyArn", arn)])
    }

    package func putInlinePolicy(
        _ policy: PolicyDocument, named name: String, inRole role: String
    ) async throws(AWSError) {
        try await call(
            "PutRolePolicy", [("RoleName", role), ("PolicyName", name), ("PolicyDocument", policy.text)])
    }

    package func deleteInlinePolicy(named name: String, ofRole role: String) async throws(AWSError) {
        try await call("DeleteRolePolicy", [("RoleName", role), ("PolicyName", name)])
    }

    package func deleteRole(_ name: String) async throws(AWSError) {
        try await call("DeleteRole", [("RoleName", name)])
    }

    /// IAM answers with policies percent-encoded (RFC 3986).
    private static func policy(_ text: String, operation: String) throws(AWSError) -> PolicyDocument {
        do throws(PolicyDocument.ParseError) {
            return try PolicyDocument(PercentEncoding.decode(text) ?? text)
        } catch {
            throw .malformedAnswer(operation: operation, reason: "its policy is not a policy")
        }
    }
}
