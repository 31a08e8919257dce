import Domain
import Foundation

extension IAMService {
    func createRole(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let name = call.parameters.required("RoleName", .roleName)
        let trustPolicy = call.parameters.required("AssumeRolePolicyDocument", .policyDocument)
        var role = AWSWorld.Role(account: call.caller.account, name: name, trustPolicy: trustPolicy)
        role.path = call.parameters.optional("Path", .path) ?? "/"
        role.description = call.parameters.optional("Description", .description)
        role.maxSessionDuration = call.parameters.integer("MaxSessionDuration", 3600...43200) ?? 3600
        role.permissionsBoundary = call.parameters.optional("PermissionsBoundary", .arn)
        let tags = call.parameters.tags()
        try call.authorize(call.arn("role\(role.path)\(name)"))

        try checkTrust(trustPolicy)
        if let boundary = role.permissionsBoundary { try checkAttachable(boundary, call) }
        role.tags = try IAMTags.merged(tags, into: [])
        role.created = state.time.now()
        try withAccount(of: call) { [role] account throws(ServiceError) in
            guard account.roles[name.lowercased()] == nil else {
                throw .alreadyExists("Role with name \(name) already exists.")
            }
            guard account.roles.count < 1000 else {
                throw .limitExceeded("Cannot exceed quota for RolesPerAccount: 1000")
            }
            account.roles[name.lowercased()] = role
        }
        return [XMLElement("Role", elements(role) + Self.boundary(role) + Self.tags(role))]
    }

    func getRole(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let role = try changeRole(roleName(&call), call) { $0 }
        return [
            XMLElement(
                "Role",
                elements(role) + Self.settings(role) + Self.boundary(role) + Self.tags(role)
                    + [XMLElement("RoleLastUsed", "")])
        ]
    }

    func updateRole(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let name = roleName(&call)
        let description = call.parameters.optional("Description", .description)
        let seconds = call.parameters.integer("MaxSessionDuration", 3600...43200)
        try changeRole(name, call) { role in
            role.description = description ?? role.description
            // One hour is what the documentation promises where it is left out.
            role.maxSessionDuration = seconds ?? 3600
        }
        return []
    }

    func updateTrustPolicy(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, policy) = (roleName(&call), call.parameters.required("PolicyDocument", .policyDocument))
        try changeRole(name, call) { _ in }
        try checkTrust(policy)
        try changeRole(name, call) { $0.trustPolicy = policy }
        return nil
    }

    func deleteRole(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let role = try changeRole(roleName(&call), call) { role throws(ServiceError) in
            guard role.attachedPolicies.isEmpty else {
                throw .deleteConflict("Cannot delete entity, must detach all policies first.")
            }
            guard role.inlinePolicies.isEmpty else {
                throw .deleteConflict("Cannot delete entity, must delete policies first.")
            }
            return role
        }
        try withAccount(of: call) { $0.roles[role.name.lowercased()] = nil }
        return nil
    }

    func listRoles(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let prefix = call.parameters.optional("PathPrefix", .pathPrefix) ?? "/"
        let page = IAMPage(&call)
        try call.authorize(call.arn("role\(prefix)"))
        let roles = try withAccount(of: call) { $0.roles.filter { $0.value.path.hasPrefix(prefix) } }
        return try list("Roles", roles, page: page) { elements($0) + Self.settings($0) }
    }

    func putBoundary(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, boundary) = (roleName(&call), call.parameters.required("PermissionsBoundary", .arn))
        try changeRole(name, call) { _ in }
        try checkAttachable(boundary, call)
        try changeRole(name, call) { $0.permissionsBoundary = boundary }
        return nil
    }

    func deleteBoundary(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        try changeRole(roleName(&call), call) { role throws(ServiceError) in
            guard role.permissionsBoundary != nil else {
                throw .noSuchEntity("Role with name \(role.name) does not have a permissions boundary.")
            }
            role.permissionsBoundary = nil
        }
        return nil
    }

    func tagRole(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, tags) = (roleName(&call), call.parameters.tags(isRequired: true))
        try changeRole(name, call) { role throws(ServiceError) in
            role.tags = try IAMTags.merged(tags, into: role.tags)
        }
        return nil
    }

    func untagRole(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, keys) = (roleName(&call), call.parameters.list("TagKeys", .tagKey, isRequired: true))
        try changeRole(name, call) { $0.tags = IAMTags.removing(keys, from: $0.tags) }
        return nil
    }

    func listRoleTags(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, page) = (roleName(&call), IAMPage(&call))
        let tags = try changeRole(name, call) { $0.tags }
        return try list("Tags", IAMTags.keyed(tags), page: page, element: IAMTags.elements)
    }

    func roleName(_ call: inout IAMCall) -> String { call.parameters.required("RoleName", .roleName) }

    /// Reads or changes the role of that name, where the caller may. Names are found in their own case only.
    @discardableResult
    func changeRole<Result: Sendable>(
        _ name: String, _ call: IAMCall, _ body: (inout AWSWorld.Role) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        try call.authorize("role \(name)")
        return try withAccount(of: call) { account throws(ServiceError) in
            guard var role = account.roles[name.lowercased()], role.name == name else {
                throw .noSuchEntity("The role with name \(name) cannot be found.")
            }
            let result = try body(&role)
            account.roles[name.lowercased()] = role
            return result
        }
    }

    /// - Throws: where no policy of that ARN can be attached in the caller's account.
    func checkAttachable(_ policy: String, _ call: IAMCall) throws(ServiceError) {
        guard state.world.read({ $0.isAttachable(policy, in: call.caller.account) }) else {
            throw .noSuchEntity("Policy \(policy) does not exist or is not attachable.")
        }
    }

    private func checkTrust(_ policy: String) throws(ServiceError) {
        let document = try PolicyDocument(policy)
        try state.world.read { world throws(ServiceError) in try document.checkTrust(in: world) }
        guard PolicyDocument.size(of: policy) <= 2048 else {
            throw .limitExceeded("Cannot exceed quota for ACLSizePerRole: 2048")
        }
    }

    private func elements(_ role: AWSWorld.Role) -> [XMLElement] {
        [
            XMLElement("Path", role.path), XMLElement("RoleName", role.name), XMLElement("RoleId", role.id),
            XMLElement("Arn", state.world.read { $0.arn(of: role) }),
            XMLElement("CreateDate", role.created.formatted(.iso8601)),
            XMLElement("AssumeRolePolicyDocument", PercentEncoding.encode(role.trustPolicy)),
        ]
    }

    private static func settings(_ role: AWSWorld.Role) -> [XMLElement] {
        (role.description.map { [XMLElement("Description", $0)] } ?? [])
            + [XMLElement("MaxSessionDuration", String(role.maxSessionDuration))]
    }

    private static func boundary(_ role: AWSWorld.Role) -> [XMLElement] {
        guard let boundary = role.permissionsBoundary else { return [] }
        let parts = [
            XMLElement("PermissionsBoundaryType", "Policy"), XMLElement("PermissionsBoundaryArn", boundary),
        ]
        return [XMLElement("PermissionsBoundary", parts)]
    }

    private static func tags(_ role: AWSWorld.Role) -> [XMLElement] {
        role.tags.isEmpty ? [] : [IAMTags.element(role.tags)]
    }
}
