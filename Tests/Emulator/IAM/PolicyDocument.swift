import Foundation

/// A policy as IAM takes it in: its form is checked, in IAM's words. Whether it allows something is others' business.
struct PolicyDocument {
    private let version: String?
    private let statements: [[String: Any]]

    /// - Throws: where it is no JSON, or not made of statements.
    init(_ text: String) throws(ServiceError) {
        guard let json = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw .malformedPolicy("This policy contains invalid Json")
        }
        let list = json["Statement"] as? [[String: Any]] ?? (json["Statement"] as? [String: Any]).map { [$0] } ?? []
        let isKnown = list.allSatisfy { Set($0.keys).isSubset(of: Self.elements) }
        let hasEffects = list.allSatisfy { ["Allow", "Deny"].contains($0["Effect"] as? String) }
        guard !list.isEmpty, isKnown, hasEffects, Set(json.keys).isSubset(of: ["Version", "Id", "Statement"]) else {
            throw .malformedPolicy("Syntax errors in policy.")
        }
        let identifiers = list.compactMap { $0["Sid"] as? String }
        guard Set(identifiers).count == identifiers.count else {
            throw .malformedPolicy("Statement IDs (SID) in a single policy must be unique.")
        }
        (version, statements) = (json["Version"] as? String, list)
        guard [nil, "2012-10-17", "2008-10-17"].contains(version) else {
            throw .malformedPolicy("The policy must contain a valid version string.")
        }
        for statement in list { try Self.checkConditions(statement["Condition"]) }
    }

    /// What counts against a quota: characters that are no white space.
    static func size(of text: String) -> Int { text.unicodeScalars.count { !$0.properties.isWhitespace } }

    /// Checks it as the trust policy of a role.
    ///
    /// - Parameter world: where the principals must be.
    func checkTrust(in world: AWSWorld) throws(ServiceError) {
        for statement in statements {
            for field in ["Resource", "NotResource", "NotPrincipal"] where statement[field] != nil {
                throw .malformedPolicy("Has prohibited field \(field)")
            }
            guard let principal = statement["Principal"] else {
                throw .malformedPolicy("Missing required field Principal")
            }
            guard let actions = Self.texts(statement["Action"] ?? statement["NotAction"]) else {
                throw .malformedPolicy("Missing required field Action")
            }
            guard actions.allSatisfy({ $0.lowercased().hasPrefix("sts:") }) else {
                throw .malformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.")
            }
            // `{"AWS": "*"}` is everybody; the lone star is not taken here.
            guard let principals = principal as? [String: Any] else {
                throw .malformedPolicy("AssumeRolepolicy contained an invalid principal: \"STAR\":\"\(principal)\".")
            }
            let named = principals.mapValues { Self.texts($0) ?? [] }
            guard !named.isEmpty, named.values.allSatisfy({ !$0.isEmpty }) else {
                throw .malformedPolicy(
                    "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy "
                        + "has a statement with no principals!")
            }
            for (kind, values) in named {
                for value in values { try Self.check(kind, value, in: world) }
            }
        }
    }

    /// Checks it as a policy of a role's own.
    func checkPermissions() throws(ServiceError) {
        guard version == "2012-10-17" else {
            throw .malformedPolicy("Policy document must be version 2012-10-17 or greater.")
        }
        for statement in statements {
            guard statement["Principal"] == nil, statement["NotPrincipal"] == nil else {
                throw .malformedPolicy("Policy document should not specify a principal.")
            }
            guard let actions = Self.texts(statement["Action"] ?? statement["NotAction"]) else {
                throw .malformedPolicy("Policy statement must contain actions.")
            }
            guard actions.allSatisfy({ $0 == "*" || $0.contains(":") }) else {
                throw .malformedPolicy("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
            }
            guard let resources = Self.texts(statement["Resource"] ?? statement["NotResource"]) else {
                throw .malformedPolicy("Policy statement must contain resources.")
            }
            for resource in resources where resource != "*" && !resource.hasPrefix("arn:") {
                throw .malformedPolicy("Resource \(resource) must be in ARN format or \"*\".")
            }
        }
    }

    private static let elements: Set = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    ]

    /// A text or a list of them; `nil` where there is none.
    private static func texts(_ value: Any?) -> [String]? {
        if let text = value as? String { return [text] }
        guard let list = value as? [String], !list.isEmpty else { return nil }
        return list
    }

    private static func check(_ kind: String, _ value: String, in world: AWSWorld) throws(ServiceError) {
        let isValid =
            switch kind {
            case "AWS": isPrincipal(value, in: world)
            case "Service": value.hasSuffix(".amazonaws.com") || value.hasSuffix(".amazonaws.com.cn")
            case "Federated": true
            default: false
            }
        guard isValid else { throw .malformedPolicy("Invalid principal in policy: \"\(kind)\":\"\(value)\"") }
        guard kind != "Federated" || isProvider(value) else {
            throw .malformedPolicy("Federated principals must be valid domain names or SAML metadata ARNs")
        }
    }

    /// An account, or a role or a user that is there.
    private static func isPrincipal(_ value: String, in world: AWSWorld) -> Bool {
        if value == "*" { return true }
        if AWSWorld.isAccount(value) { return world.accounts[value] != nil }
        guard let parts = AWSWorld.parts(ofARN: value), value.hasPrefix("arn:\(world.partition):") else {
            let session = "arn:\(world.partition):sts::"
            return value.hasPrefix(session) && value.contains(":assumed-role/") && !value.contains("*")
        }
        if parts.resource == "root" { return world.accounts[parts.account] != nil }
        if world[role: value] != nil { return true }
        let user = parts.resource.split(separator: "/").last.flatMap { world[user: String($0), in: parts.account] }
        return user.map { world.arn(of: $0) } == value
    }

    /// A provider of the account, which need not be there yet, or one of those that everybody has.
    private static func isProvider(_ value: String) -> Bool {
        let known = [
            "accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com",
        ]
        guard let parts = AWSWorld.parts(ofARN: value) else { return known.contains(value) }
        let kinds = ["oidc-provider/", "saml-provider/"]
        return kinds.contains { parts.resource.hasPrefix($0) } && !value.contains("*")
    }

    private static func checkConditions(_ value: Any?) throws(ServiceError) {
        guard let value else { return }
        guard let conditions = value as? [String: [String: Any]] else {
            throw .malformedPolicy("Syntax errors in policy.")
        }
        for name in conditions.keys {
            var rest = name.lowercased()
            for prefix in ["foranyvalue:", "forallvalues:"] where rest.hasPrefix(prefix) {
                rest.removeFirst(prefix.count)
            }
            if rest.hasSuffix("ifexists") { rest.removeLast("ifexists".count) }
            guard operators.contains(rest) else { throw .malformedPolicy("Invalid Condition type : \(name).") }
        }
    }

    /// Every condition operator that AWS has, in lower case.
    private static let operators: Set<String> = {
        let compared = ["numeric", "date"].flatMap { kind in
            ["equals", "notequals", "lessthan", "lessthanequals", "greaterthan", "greaterthanequals"].map { kind + $0 }
        }
        let others = [
            "stringequals", "stringnotequals", "stringequalsignorecase", "stringnotequalsignorecase", "stringlike",
            "stringnotlike", "bool", "binaryequals", "ipaddress", "notipaddress", "arnequals", "arnnotequals",
            "arnlike", "arnnotlike", "null",
        ]
        return Set(compared + others)
    }()
}
