import Domain

extension IAMService {
    func attachPolicy(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, policy) = (roleName(&call), call.parameters.required("PolicyArn", .arn))
        try changeRole(name, call) { _ in }
        try Self.checkForm(ofPolicy: policy)
        try checkAttachable(policy, call)
        try changeRole(name, call) { role throws(ServiceError) in
            guard !role.attachedPolicies.contains(policy) else { return }
            guard role.attachedPolicies.count < 10 else {
                throw .limitExceeded("Cannot exceed quota for PoliciesPerRole: 10")
            }
            role.attachedPolicies.append(policy)
        }
        return nil
    }

    func detachPolicy(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, policy) = (roleName(&call), call.parameters.required("PolicyArn", .arn))
        try changeRole(name, call) { role throws(ServiceError) in
            try Self.checkForm(ofPolicy: policy)
            guard role.attachedPolicies.contains(policy) else { throw .noSuchEntity("Policy \(policy) was not found.") }
            role.attachedPolicies.removeAll { $0 == policy }
        }
        return nil
    }

    func listAttachedPolicies(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let name = roleName(&call)
        let prefix = call.parameters.optional("PathPrefix", .pathPrefix) ?? "/"
        let page = IAMPage(&call)
        let policies = try changeRole(name, call) { $0.attachedPolicies }
        // What is behind `policy` in the ARN is the path and the name.
        let paths = policies.compactMap { arn in
            AWSWorld.resource(ofARN: arn).map { (path: String($0.dropFirst("policy".count)), arn: arn) }
        }
        let chosen = paths.filter { $0.path.hasPrefix(prefix) }
        return try list("AttachedPolicies", Dictionary(uniqueKeysWithValues: chosen.map { ($0.arn, $0) }), page: page) {
            [
                XMLElement("PolicyName", $0.path.split(separator: "/").last.map(String.init) ?? ""),
                XMLElement("PolicyArn", $0.arn),
            ]
        }
    }

    func putPolicy(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, policyName) = (roleName(&call), policyName(&call))
        let policy = call.parameters.required("PolicyDocument", .policyDocument)
        try changeRole(name, call) { role throws(ServiceError) in
            try PolicyDocument(policy).checkPermissions()
            role.inlinePolicies[policyName] = policy
            let size = role.inlinePolicies.values.reduce(0) { $0 + PolicyDocument.size(of: $1) }
            guard size <= 10_240 else {
                throw .limitExceeded("Maximum policy size of 10240 bytes exceeded for role \(name)")
            }
        }
        return nil
    }

    func getPolicy(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, policyName) = (roleName(&call), policyName(&call))
        let policy = try changeRole(name, call) { role throws(ServiceError) in
            try Self.policy(policyName, of: role)
        }
        return [
            XMLElement("RoleName", name), XMLElement("PolicyName", policyName),
            XMLElement("PolicyDocument", PercentEncoding.encode(policy)),
        ]
    }

    func listPolicies(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, page) = (roleName(&call), IAMPage(&call))
        let names = try changeRole(name, call) { $0.inlinePolicies.keys.sorted() }
        let cut = try page.cut(names.map { ($0, $0) }, limit: state.world.read(\.pageSize))
        return [Self.members("PolicyNames", cut.items)] + cut.more
    }

    func deletePolicy(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        let (name, policyName) = (roleName(&call), policyName(&call))
        try changeRole(name, call) { role throws(ServiceError) in
            _ = try Self.policy(policyName, of: role)
            role.inlinePolicies[policyName] = nil
        }
        return nil
    }

    private func policyName(_ call: inout IAMCall) -> String { call.parameters.required("PolicyName", .policyName) }

    private static func policy(_ name: String, of role: AWSWorld.Role) throws(ServiceError) -> String {
        guard let policy = role.inlinePolicies[name] else {
            throw .noSuchEntity("The role policy with name \(name) cannot be found.")
        }
        return policy
    }

    private static func checkForm(ofPolicy arn: String) throws(ServiceError) {
        guard AWSWorld.resource(ofARN: arn)?.hasPrefix("policy/") == true else {
            throw .invalidInput("ARN \(arn) is not valid.")
        }
    }
}

extension AWSWorld {
    /// The resource of an IAM ARN, of AWS's own policies too; `nil` where it is not one.
    static func resource(ofARN arn: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam", parts[4] == "aws" || isAccount(parts[4]) else {
            return nil
        }
        return String(parts[5])
    }
}
