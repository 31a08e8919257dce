/// A setup as a Terraform configuration for the provider `hashicorp/aws`, laid out as `terraform fmt` would.
package struct TerraformConfiguration: Sendable {
    private let goal: SetupGoal

    package init(_ goal: SetupGoal) { self.goal = goal }

    /// The configuration, to be saved as a `.tf` file.
    package var text: String {
        let blocks = [required, variables, provider] + (goal.role.map(blocks) ?? []) + [outputs]
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var required: String {
        // The first version in which a provider needs no thumbprints.
        """
        terraform {
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = ">= 5.81"
            }
          }
        }

        """
    }

    private var variables: String {
        guard let role = goal.role else { return "" }
        return HCL.block(
            #"variable "role_name""#, [("type", .raw("string")), ("default", .text(role.name))])
            + "\n"
            + HCL.block(
                #"variable "policy_arns""#,
                [("type", .raw("list(string)")), ("default", .list(role.policies.map { .text($0.text) }))])
            + (role.subjects.isEmpty
                ? ""
                : "\n"
                    + HCL.block(
                        #"variable "subjects""#,
                        [("type", .raw("list(string)")), ("default", .list(role.subjects.map { .text($0.text) }))]))
    }

    private var provider: String {
        var attributes: [(String, HCL)] = [
            ("url", .text(goal.issuer.text)), ("client_id_list", .list(goal.audiences.map { .text($0) })),
        ]
        if !goal.thumbprints.isEmpty {
            attributes.append(("thumbprint_list", .list(goal.thumbprints.map { .text($0.text) })))
        }
        return HCL.block(
            #"resource "aws_iam_openid_connect_provider" "azure_devops""#, attributes + [("tags", tags)])
    }

    private func blocks(of role: RoleGoal) -> [String] {
        var attributes: [(String, HCL)] = [("name", .raw("var.role_name")), ("path", .text(role.path ?? "/"))]
        if let seconds = role.maximumSessionDuration { attributes.append(("max_session_duration", .raw("\(seconds)"))) }
        if let boundary = role.permissionsBoundary { attributes.append(("permissions_boundary", .text(boundary.text))) }
        attributes.append(("assume_role_policy", .function("jsonencode", trustPolicy(of: role))))
        attributes.append(("tags", tags))
        var blocks = [HCL.block(#"resource "aws_iam_role" "pipeline""#, attributes)]
        blocks.append(
            HCL.block(
                #"resource "aws_iam_role_policy_attachment" "pipeline""#,
                [
                    ("for_each", .raw("toset(var.policy_arns)")), ("role", .raw("aws_iam_role.pipeline.name")),
                    ("policy_arn", .raw("each.value")),
                ]))
        if let policy = role.inlinePolicy {
            blocks.append(
                HCL.block(
                    #"resource "aws_iam_role_policy" "pipeline""#,
                    [
                        ("name", .text(RoleGoal.inlinePolicyName)), ("role", .raw("aws_iam_role.pipeline.id")),
                        ("policy", .function("jsonencode", HCL(policy.json))),
                    ]))
        }
        return blocks
    }

    private func trustPolicy(of role: RoleGoal) -> HCL {
        let statement = TrustStatement(
            providerARN: "", issuerPath: goal.issuer.path, audiences: goal.audiences, subjects: role.subjects)
        let document = PolicyDocument(statements: [statement.json]).json
        return HCL(document) { path, value in
            switch path.last {
            case "Federated": .raw("aws_iam_openid_connect_provider.azure_devops.arn")
            case "\(goal.issuer.path):sub": .raw("var.subjects")
            default: value
            }
        }
    }

    /// With one that keeps this program's own hands off what Terraform manages.
    private var tags: HCL {
        // To IAM, keys that differ in upper and lower case are one.
        let isManaged = goal.tags.keys.contains { $0.lowercased() == "managedby" }
        let all = isManaged ? goal.tags : goal.tags.merging(["ManagedBy": "terraform"]) { $1 }
        return .object(all.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
    }

    private var outputs: String {
        guard goal.role != nil else {
            return HCL.block(
                #"output "provider_arn""#, [("value", .raw("aws_iam_openid_connect_provider.azure_devops.arn"))])
        }
        return HCL.block(#"output "role_arn""#, [("value", .raw("aws_iam_role.pipeline.arn"))])
    }
}
