import Testing

@testable import Domain

@Suite struct TerraformConfigurationTests {
    private func text(_ goal: SetupGoal) -> String { TerraformConfiguration(goal).text }

    @Test("the provider alone needs no variables")
    func providerAlone() throws {
        let goal = try EmissionGoals.goal(
            audiences: ["a", "b"], thumbprints: [String(repeating: "a", count: 40)], tags: ["team": "shop"])
        #expect(
            text(goal) == """
                terraform {
                  required_providers {
                    aws = {
                      source  = "hashicorp/aws"
                      version = ">= 5.81"
                    }
                  }
                }

                resource "aws_iam_openid_connect_provider" "azure_devops" {
                  url             = "https://\(EmissionGoals.path)"
                  client_id_list  = ["a", "b"]
                  thumbprint_list = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
                  tags = {
                    ManagedBy = "terraform"
                    team      = "shop"
                  }
                }

                output "provider_arn" {
                  value = aws_iam_openid_connect_provider.azure_devops.arn
                }

                """)
    }

    @Test("a role has its trust policy with the subjects as a variable, and all that was asked for")
    func role() throws {
        let text = text(try EmissionGoals.goal(role: try EmissionGoals.fullRole()))
        for part in [
            """
            variable "subjects" {
              type    = list(string)
              default = ["sc://o/Web Shop/*"]
            }
            """,
            """
              name                 = var.role_name
              path                 = "/pipelines/"
              max_session_duration = 7200
              permissions_boundary = "arn:aws:iam::aws:policy/Boundary"
              assume_role_policy = jsonencode({
            """,
            """
                    Principal = {
                      Federated = aws_iam_openid_connect_provider.azure_devops.arn
                    }
            """,
            """
                      StringEquals = {
                        "\(EmissionGoals.path):aud" = "api://AzureADTokenExchange"
                      }
                      StringLike = {
                        "\(EmissionGoals.path):sub" = var.subjects
                      }
            """,
            """
              default = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
            """,
            """
              name = "keyless"
              role = aws_iam_role.pipeline.id
              policy = jsonencode({
            """,
        ] { #expect(text.contains(part), "\(part)\nis missing in\n\(text)") }
    }

    @Test("a role for any subject has no test of one, and no variable for it")
    func anySubject() throws {
        let text = text(try EmissionGoals.goal(role: try EmissionGoals.role()))
        #expect(!text.contains(":sub") && !text.contains("subjects"))
        #expect(text.contains(#":aud" = "api://AzureADTokenExchange""#))
    }

    @Test("one tag tells who keeps the role, in whatever case it is named", arguments: ["ManagedBy", "managedby"])
    func ownTag(key: String) throws {
        let text = text(try EmissionGoals.goal(tags: [key: "ops"]))
        #expect(text.contains("  tags = {\n    \(key) = \"ops\"\n  }\n"))
    }
}
