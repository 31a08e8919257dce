/// A setup as an AWS CloudFormation template, for one account or, by StackSets, for all of an organisation.
///
/// Whom to trust, the role's name and its policies are parameters. The issuer is not: it is part of the names of the
/// condition keys, which no parameter can stand in for.
package struct CloudFormationTemplate: Sendable {
    private static let order = [
        "AWSTemplateFormatVersion", "Description", "Parameters", "Conditions", "Resources", "Outputs", "Type",
        "Default",
        "AllowedValues", "Version", "Statement", "Sid", "Effect", "Principal", "Action", "Resource", "Condition",
        "Properties", "PolicyName",
    ]

    private let goal: SetupGoal
    private let role: RoleGoal?

    package init(_ goal: SetupGoal) { (self.goal, role) = (goal, goal.role) }

    /// JSON, which CloudFormation takes as it does YAML.
    package var text: String {
        JSONValue.members([
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": .text("Lets Azure DevOps pipelines assume roles, without access keys (\(goal.issuer.path))"),
            "Parameters": .members(parameters), "Conditions": .members(conditions), "Resources": .members(resources),
            "Outputs": .members(outputs),
        ]).json(isPretty: true, order: Self.order) + "\n"
    }

    private var parameters: [String: JSONValue] {
        var parameters: [String: JSONValue] = [
            "CreateProvider": Self.parameter(
                "Whether to create the OIDC provider; false where the account has it already", default: "true",
                more: ["AllowedValues": .list(["true", "false"])])
        ]
        guard let role else { return parameters }
        parameters["RoleName"] = Self.parameter("The name of the role", default: role.name)
        parameters["RolePath"] = Self.parameter("Begins and ends with a slash", default: role.path ?? "/")
        parameters["MaxSessionDuration"] = Self.parameter(
            "The longest session the role allows, in seconds", type: "Number",
            default: String(role.maximumSessionDuration ?? 3600),
            more: ["MinValue": .integer(3600), "MaxValue": .integer(43200)])
        parameters["PolicyArns"] = Self.parameter(
            "Managed policies to attach, with commas between; may be empty", type: "CommaDelimitedList",
            default: role.policies.map(\.text).joined(separator: ","))
        parameters["PermissionsBoundary"] = Self.parameter(
            "The ARN of a managed policy; may be empty", default: role.permissionsBoundary?.text ?? "")
        if hasSubjectsParameter {
            parameters["Subjects"] = Self.parameter(
                "Whom the role trusts, with commas between: \(subjectForms)"
                    + (hasWildcards ? ", with * and ? as wildcards" : ""),
                type: "CommaDelimitedList", default: role.subjects.map(\.text).joined(separator: ","))
        }
        return parameters
    }

    private static func parameter(
        _ description: String, type: String = "String", default value: String, more: [String: JSONValue] = [:]
    ) -> JSONValue {
        .members(
            ["Type": .text(type), "Description": .text(description), "Default": .text(value)].merging(more) { $1 })
    }

    private var subjectForms: String {
        if case .entra = Issuer(goal.issuer.text) { return "/eid1/…, as 'keyless token' shows it" }
        return "sc://organisation/project/connection, p://organisation/project/pipeline"
    }

    /// A comma in a name would end it in a parameter, and white space at its ends would be lost.
    private var hasSubjectsParameter: Bool {
        guard let role, !role.subjects.isEmpty else { return false }
        return role.subjects.allSatisfy { subject in
            !subject.text.contains(",") && subject.text.first?.isWhitespace == false
                && subject.text.last?.isWhitespace == false
        }
    }
    private var hasWildcards: Bool { role?.subjects.contains(where: \.hasWildcard) ?? false }

    private var conditions: [String: JSONValue] {
        var conditions: [String: JSONValue] = [
            "CreatesProvider": Self.function("Equals", [Self.reference("CreateProvider"), "true"])
        ]
        guard role != nil else { return conditions }
        conditions["HasBoundary"] = Self.isNotEmpty(Self.reference("PermissionsBoundary"))
        conditions["HasPolicies"] = Self.isNotEmpty(Self.function("Join", ["", Self.reference("PolicyArns")]))
        return conditions
    }

    private var resources: [String: JSONValue] {
        var provider: [String: JSONValue] = [
            "Url": .text(goal.issuer.text), "ClientIdList": .list(goal.audiences.map { .text($0) }),
            "Tags": tags,
        ]
        if !goal.thumbprints.isEmpty { provider["ThumbprintList"] = .list(goal.thumbprints.map { .text($0.text) }) }
        var resources: [String: JSONValue] = [
            "Provider": .members([
                "Type": "AWS::IAM::OIDCProvider", "Condition": "CreatesProvider", "Properties": .members(provider),
            ])
        ]
        if let role { resources["Role"] = .members(["Type": "AWS::IAM::Role", "Properties": properties(of: role)]) }
        return resources
    }

    private var providerARN: JSONValue {
        let existing = "arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/\(goal.issuer.path)"
        return Self.function(
            "If", ["CreatesProvider", Self.reference("Provider"), Self.function("Sub", .text(existing))])
    }

    private func properties(of role: RoleGoal) -> JSONValue {
        let none = Self.reference("AWS::NoValue")
        var statement = TrustStatement(
            providerARN: "", issuerPath: goal.issuer.path, audiences: goal.audiences, subjects: role.subjects
        ).json
        statement["Principal"] = .members(["Federated": providerARN])
        if hasSubjectsParameter {
            let operation = hasWildcards ? "StringLike" : "StringEquals"
            statement["Condition"]?[operation]?["\(goal.issuer.path):sub"] = Self.reference("Subjects")
        }
        var properties: [String: JSONValue] = [
            "RoleName": Self.reference("RoleName"), "Path": Self.reference("RolePath"),
            "MaxSessionDuration": Self.reference("MaxSessionDuration"), "Tags": tags,
            "AssumeRolePolicyDocument": .members(["Version": "2012-10-17", "Statement": .list([statement])]),
            "ManagedPolicyArns": Self.function("If", ["HasPolicies", Self.reference("PolicyArns"), none]),
            "PermissionsBoundary": Self.function("If", ["HasBoundary", Self.reference("PermissionsBoundary"), none]),
        ]
        if let policy = role.inlinePolicy {
            properties["Policies"] = .list([
                .members(["PolicyName": .text(RoleGoal.inlinePolicyName), "PolicyDocument": policy.json])
            ])
        }
        return .members(properties)
    }

    private var tags: JSONValue {
        .list(
            goal.tags.sorted { $0.key < $1.key }.map { .members(["Key": .text($0.key), "Value": .text($0.value)]) })
    }

    private var outputs: [String: JSONValue] {
        var outputs: [String: JSONValue] = ["ProviderArn": .members(["Value": providerARN])]
        if role != nil {
            outputs["RoleArn"] = .members(["Value": Self.function("GetAtt", ["Role", "Arn"])])
        }
        return outputs
    }

    private static func reference(_ name: String) -> JSONValue { .members(["Ref": .text(name)]) }

    private static func function(_ name: String, _ argument: JSONValue) -> JSONValue {
        .members(["Fn::\(name)": argument])
    }

    private static func isNotEmpty(_ value: JSONValue) -> JSONValue {
        function("Not", [function("Equals", [value, ""])])
    }
}
