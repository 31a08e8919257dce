package import Domain

extension IAMClient {
    /// The role with the names of its policies, and the text of the inline policy `named`; `nil` when there is no such
    /// role.
    package func role(_ role: RoleName, inlinePolicy named: String) async throws(AWSError) -> RoleState? {
        let resource = arn(of: role)
        guard let answer = try await get(role)?.first("Role") else { return nil }
        guard let path = answer.string(at: "Path"), let text = answer.string(at: "AssumeRolePolicyDocument") else {
            throw malformed("GetRole", on: resource, "it has no path or no trust policy")
        }
        let trustPolicy = try policy(text, "GetRole", on: resource)
        async let attached = attachedPolicies(of: role)
        async let inline = inlinePolicies(of: role, withTextOf: named)
        var state = RoleState(
            path: path, trustPolicy: trustPolicy,
            maximumSessionDuration: answer.string(at: "MaxSessionDuration").flatMap { Int($0) } ?? 3600,
            permissionsBoundary: answer.string(at: "PermissionsBoundary/PermissionsBoundaryArn"),
            tags: answer.tags(at: "Tags"))
        do {
            (state.attachedPolicies, state.inlinePolicies) = (try await attached, try await inline)
        } catch {
            // `async let` forgets the type.
            throw error as? AWSError ?? malformed("GetRole", on: resource, "it was interrupted")
        }
        return state
    }

    /// The trust policy of a role; `nil` when there is no such role.
    package func trustPolicy(of role: RoleName) async throws(AWSError) -> PolicyDocument? {
        guard let answer = try await get(role)?.first("Role") else { return nil }
        return try trustPolicy(in: answer, on: arn(of: role))
    }

    /// The trust policy of a role; `nil` when there is no such role, or it has another ARN because of its path.
    package func trustPolicy(of role: RoleARN) async throws(AWSError) -> PolicyDocument? {
        guard let answer = try await find("GetRole", on: role.text, [("RoleName", role.name)])?.first("Role"),
            answer.string(at: "Arn") == role.text
        else { return nil }
        return try trustPolicy(in: answer, on: role.text)
    }

    private func trustPolicy(in role: XMLElement, on resource: String) throws(AWSError) -> PolicyDocument {
        guard let text = role.string(at: "AssumeRolePolicyDocument") else {
            throw malformed("GetRole", on: resource, "it has no trust policy")
        }
        return try policy(text, "GetRole", on: resource)
    }

    private func get(_ role: RoleName) async throws(AWSError) -> XMLElement? {
        try await find("GetRole", on: arn(of: role), [("RoleName", role.name)])
    }

    private func attachedPolicies(of role: RoleName) async throws(AWSError) -> Set<String> {
        let members = try await list(
            "ListAttachedRolePolicies", on: arn(of: role), [("RoleName", role.name)], path: "AttachedPolicies")
        return Set(members.compactMap { $0.string(at: "PolicyArn") })
    }

    private func inlinePolicies(
        of role: RoleName, withTextOf name: String
    ) async throws(AWSError) -> [String: PolicyDocument?] {
        let resource = arn(of: role)
        let names = try await list(
            "ListRolePolicies", on: resource, [("RoleName", role.name)], path: "PolicyNames")
        var policies = Dictionary(names.map { ($0.text.exposedText, PolicyDocument?.none) }) { first, _ in first }
        if policies[name] != nil { policies[name] = try await inlinePolicy(name, of: role) }
        return policies
    }

    /// The text of an inline policy; `nil` when there is none of that name.
    package func inlinePolicy(_ name: String, of role: RoleName) async throws(AWSError) -> PolicyDocument? {
        let resource = arn(of: role)
        guard
            let answer = try await find(
                "GetRolePolicy", on: resource, [("RoleName", role.name), ("PolicyName", name)]),
            let text = answer.string(at: "PolicyDocument")
        else { return nil }
        return try policy(text, "GetRolePolicy", on: resource)
    }

    /// The trust policies of all roles of the account, by the role's name. A role whose policy cannot be read is left
    /// out: IAM itself took it once.
    package func trustPolicies() async throws(AWSError) -> [String: PolicyDocument] {
        var policies: [String: PolicyDocument] = [:]
        for role in try await list("ListRoles", on: "*", path: "Roles") {
            guard let name = role.string(at: "RoleName"), let text = role.string(at: "AssumeRolePolicyDocument")
            else { continue }
            policies[name] = try? policy(text, "ListRoles", on: "*")
        }
        return policies
    }

    package func createRole(_ name: String, _ role: SetupChange.NewRole) async throws(AWSError) {
        try await call(
            "CreateRole", on: arn(of: RoleName(name, path: role.path)),
            [
                ("RoleName", name), ("Path", role.path), ("AssumeRolePolicyDocument", role.trustPolicy.text),
                ("MaxSessionDuration", role.maximumSessionDuration.map { "\($0)" }),
                ("PermissionsBoundary", role.permissionsBoundary),
            ] + Self.members(role.tags))
    }

    package func updateTrustPolicy(of role: RoleName, to policy: PolicyDocument) async throws(AWSError) {
        try await change("UpdateAssumeRolePolicy", role, [("PolicyDocument", policy.text)])
    }

    /// - Parameter seconds: 3600 to 43200.
    package func updateMaximumSessionDuration(of role: RoleName, to seconds: Int) async throws(AWSError) {
        try await change("UpdateRole", role, [("MaxSessionDuration", "\(seconds)")])
    }

    package func putPermissionsBoundary(_ arn: String, onRole role: RoleName) async throws(AWSError) {
        try await change("PutRolePermissionsBoundary", role, [("PermissionsBoundary", arn)])
    }

    package func tagRole(_ role: RoleName, _ tags: [String: String]) async throws(AWSError) {
        try await change("TagRole", role, Self.members(tags))
    }

    package func attachPolicy(_ arn: String, toRole role: RoleName) async throws(AWSError) {
        try await change("AttachRolePolicy", role, [("PolicyArn", arn)])
    }

    package func detachPolicy(_ arn: String, fromRole role: RoleName) async throws(AWSError) {
        try await change("DetachRolePolicy", role, [("PolicyArn", arn)])
    }

    package func putInlinePolicy(
        _ policy: PolicyDocument, named name: String, inRole role: RoleName
    ) async throws(AWSError) {
        try await change("PutRolePolicy", role, [("PolicyName", name), ("PolicyDocument", policy.text)])
    }

    package func deleteInlinePolicy(named name: String, ofRole role: RoleName) async throws(AWSError) {
        try await change("DeleteRolePolicy", role, [("PolicyName", name)])
    }

    package func deleteRole(_ role: RoleName) async throws(AWSError) { try await change("DeleteRole", role, []) }

    private func change(
        _ action: String, _ role: RoleName, _ parameters: [(String, String?)]
    ) async throws(AWSError) {
        try await call(action, on: arn(of: role), [("RoleName", role.name)] + parameters)
    }

    private func arn(of role: RoleName) -> String { arn("role\(role.path)\(role.name)") }

    /// IAM answers with policies percent-encoded (RFC 3986).
    private func policy(
        _ text: String, _ operation: String, on resource: String
    ) throws(AWSError) -> PolicyDocument {
        do throws(PolicyDocument.ParseError) {
            return try PolicyDocument(PercentEncoding.decode(text) ?? text)
        } catch {
            throw malformed(operation, on: resource, "its policy is not a policy")
        }
    }
}
