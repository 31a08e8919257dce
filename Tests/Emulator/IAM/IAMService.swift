/// AWS IAM, version 2010-05-08: OIDC providers, roles with their policies and tags, and users' access keys.
struct IAMService: Sendable {
    /// The parameters of every operation there is, `Name` or, for lists, `Name.`.
    static let parameters: [String: Set<String>] = [
        "CreateOpenIDConnectProvider": ["Url", "ClientIDList.", "ThumbprintList.", "Tags."],
        "GetOpenIDConnectProvider": ["OpenIDConnectProviderArn"],
        "DeleteOpenIDConnectProvider": ["OpenIDConnectProviderArn"],
        "ListOpenIDConnectProviders": [],
        "AddClientIDToOpenIDConnectProvider": ["OpenIDConnectProviderArn", "ClientID"],
        "RemoveClientIDFromOpenIDConnectProvider": ["OpenIDConnectProviderArn", "ClientID"],
        "UpdateOpenIDConnectProviderThumbprint": ["OpenIDConnectProviderArn", "ThumbprintList."],
        "TagOpenIDConnectProvider": ["OpenIDConnectProviderArn", "Tags."],
        "UntagOpenIDConnectProvider": ["OpenIDConnectProviderArn", "TagKeys."],
        "ListOpenIDConnectProviderTags": ["OpenIDConnectProviderArn", "Marker", "MaxItems"],
        "CreateRole": [
            "Path", "RoleName", "AssumeRolePolicyDocument", "Description", "MaxSessionDuration", "PermissionsBoundary",
            "Tags.",
        ],
        "GetRole": ["RoleName"],
        "UpdateRole": ["RoleName", "Description", "MaxSessionDuration"],
        "UpdateAssumeRolePolicy": ["RoleName", "PolicyDocument"],
        "DeleteRole": ["RoleName"],
        "ListRoles": ["PathPrefix", "Marker", "MaxItems"],
        "AttachRolePolicy": ["RoleName", "PolicyArn"],
        "DetachRolePolicy": ["RoleName", "PolicyArn"],
        "ListAttachedRolePolicies": ["RoleName", "PathPrefix", "Marker", "MaxItems"],
        "PutRolePolicy": ["RoleName", "PolicyName", "PolicyDocument"],
        "GetRolePolicy": ["RoleName", "PolicyName"],
        "ListRolePolicies": ["RoleName", "Marker", "MaxItems"],
        "DeleteRolePolicy": ["RoleName", "PolicyName"],
        "PutRolePermissionsBoundary": ["RoleName", "PermissionsBoundary"],
        "DeleteRolePermissionsBoundary": ["RoleName"],
        "TagRole": ["RoleName", "Tags."],
        "UntagRole": ["RoleName", "TagKeys."],
        "ListRoleTags": ["RoleName", "Marker", "MaxItems"],
        "GetUser": ["UserName"],
        "CreateAccessKey": ["UserName"],
        "ListAccessKeys": ["UserName", "Marker", "MaxItems"],
        "UpdateAccessKey": ["UserName", "AccessKeyId", "Status"],
        "DeleteAccessKey": ["UserName", "AccessKeyId"],
        "GetAccessKeyLastUsed": ["AccessKeyId"],
    ]

    static let operations = parameters.keys.sorted()

    let state: AWSState

    /// Checks who calls, the parameters, the permission, and then what there is, as AWS does in this order.
    ///
    /// - Parameter action: one of ``operations``.
    /// - Returns: what is in the result; `nil` for operations that have none.
    /// - Throws: the refusal.
    func perform(
        _ action: String, _ request: ServerRequest, _ form: [(name: String, value: String)]
    ) throws(ServiceError) -> [XMLElement]? {
        let caller = try state.caller(of: request, for: "iam")
        let parameters = try QueryParameters(form, known: Self.parameters[action] ?? [], tellsValues: false)
        var call = IAMCall(
            action: action, caller: caller, partition: state.world.read(\.partition), parameters: parameters)
        if action.contains("OpenIDConnectProvider") { return try performOnProvider(&call) }
        if action.contains("AccessKey") || action == "GetUser" { return try performOnUser(&call) }
        return try performOnRole(&call)
    }

    private func performOnUser(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        switch call.action {
        case "CreateAccessKey": try createAccessKey(&call)
        case "ListAccessKeys": try listAccessKeys(&call)
        case "UpdateAccessKey": try updateAccessKey(&call)
        case "DeleteAccessKey": try deleteAccessKey(&call)
        case "GetAccessKeyLastUsed": try getAccessKeyLastUsed(&call)
        default: try getUser(&call)
        }
    }

    private func performOnProvider(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        switch call.action {
        case "CreateOpenIDConnectProvider": try createProvider(&call)
        case "GetOpenIDConnectProvider": try getProvider(&call)
        case "DeleteOpenIDConnectProvider": try deleteProvider(&call)
        case "AddClientIDToOpenIDConnectProvider": try addClientID(&call)
        case "RemoveClientIDFromOpenIDConnectProvider": try removeClientID(&call)
        case "UpdateOpenIDConnectProviderThumbprint": try updateThumbprints(&call)
        case "TagOpenIDConnectProvider": try tagProvider(&call)
        case "UntagOpenIDConnectProvider": try untagProvider(&call)
        case "ListOpenIDConnectProviderTags": try listProviderTags(&call)
        default: try listProviders(&call)
        }
    }

    private func performOnRole(_ call: inout IAMCall) throws(ServiceError) -> [XMLElement]? {
        switch call.action {
        case "CreateRole": try createRole(&call)
        case "GetRole": try getRole(&call)
        case "UpdateRole": try updateRole(&call)
        case "UpdateAssumeRolePolicy": try updateTrustPolicy(&call)
        case "DeleteRole": try deleteRole(&call)
        case "AttachRolePolicy": try attachPolicy(&call)
        case "DetachRolePolicy": try detachPolicy(&call)
        case "ListAttachedRolePolicies": try listAttachedPolicies(&call)
        case "PutRolePolicy": try putPolicy(&call)
        case "GetRolePolicy": try getPolicy(&call)
        case "ListRolePolicies": try listPolicies(&call)
        case "DeleteRolePolicy": try deletePolicy(&call)
        case "PutRolePermissionsBoundary": try putBoundary(&call)
        case "DeleteRolePermissionsBoundary": try deleteBoundary(&call)
        case "TagRole": try tagRole(&call)
        case "UntagRole": try untagRole(&call)
        case "ListRoleTags": try listRoleTags(&call)
        default: try listRoles(&call)
        }
    }

    /// Reads or changes the caller's account.
    func withAccount<Result: Sendable>(
        of call: IAMCall, _ body: (inout AWSWorld.Account) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        try state.world.change { world throws(ServiceError) in
            try body(&world.accounts[call.caller.account, default: .init()])
        }
    }
}
