import Testing

@testable import Domain

@Suite struct CloudFormationTemplateTests {
    private func template(_ goal: SetupGoal) throws -> JSONValue {
        .members(try #require(JSONValue.object(Array(CloudFormationTemplate(goal).text.utf8))))
    }

    private func names(_ value: JSONValue?) -> [String] {
        guard case .members(let members)? = value else { return [] }
        return members.keys.sorted()
    }

    private func condition(_ template: JSONValue) -> JSONValue? {
        guard
            case .list(let statements)? = template["Resources"]?["Role"]?["Properties"]?["AssumeRolePolicyDocument"]?[
                "Statement"]
        else { return nil }
        return statements.first?["Condition"]
    }

    @Test("the provider alone is made unless the account has it")
    func providerAlone() throws {
        let thumbprint = String(repeating: "a", count: 40)
        let template = try template(
            EmissionGoals.goal(audiences: ["a", "b"], thumbprints: [thumbprint], tags: ["team": "shop"]))
        #expect(names(template["Parameters"]) == ["CreateProvider"])
        #expect(names(template["Outputs"]) == ["ProviderArn"])
        #expect(
            template["Resources"]
                == .members([
                    "Provider": .members([
                        "Type": "AWS::IAM::OIDCProvider", "Condition": "CreatesProvider",
                        "Properties": .members([
                            "Url": .text("https://\(EmissionGoals.path)"), "ClientIdList": ["a", "b"],
                            "ThumbprintList": [.text(thumbprint)],
                            "Tags": [.members(["Key": "team", "Value": "shop"])],
                        ]),
                    ])
                ]))
    }

    @Test("what differs from account to account is a parameter of the role")
    func role() throws {
        let template = try template(EmissionGoals.goal(role: try EmissionGoals.fullRole()))
        let defaults = names(template["Parameters"]).map {
            [$0, template["Parameters"]?[$0]?["Default"]?.display ?? ""]
        }
        #expect(
            defaults == [
                ["CreateProvider", "true"], ["MaxSessionDuration", "7200"],
                ["PermissionsBoundary", "arn:aws:iam::aws:policy/Boundary"],
                ["PolicyArns", "arn:aws:iam::aws:policy/ReadOnlyAccess"], ["RoleName", "deploy"],
                ["RolePath", "/pipelines/"], ["Subjects", "sc://o/Web Shop/*"],
            ])
        let policies = template["Resources"]?["Role"]?["Properties"]?["Policies"]
        #expect(policies?.display.contains("PolicyName: keyless") == true)
    }

    @Test(
        "subjects are a parameter, compared as they are unless one has wildcards",
        arguments: [("sc://o/p/c", "StringEquals"), ("sc://o/p/*", "StringLike"), ("sc://o/p/${*}", "StringEquals")])
    func subjects(subject: String, operation: String) throws {
        let template = try template(EmissionGoals.goal(role: try EmissionGoals.role(subject, "sc://o/p/d")))
        #expect(template["Parameters"]?["Subjects"]?["Default"] == .text("\(subject),sc://o/p/d"))
        #expect(
            condition(template)?[operation]?["\(EmissionGoals.path):sub"] == .members(["Ref": "Subjects"]))
        #expect(condition(template)?["StringEquals"]?["\(EmissionGoals.path):aud"] == "api://AzureADTokenExchange")
    }

    @Test(
        "a subject that a list of texts would change stands in the template",
        arguments: ["sc://o/p/a,b", "sc://o/p/a "])
    func literalSubject(subject: String) throws {
        let template = try template(EmissionGoals.goal(role: try EmissionGoals.role(subject)))
        #expect(template["Parameters"]?["Subjects"] == nil)
        #expect(condition(template)?["StringEquals"]?["\(EmissionGoals.path):sub"] == .text(subject))
    }

    @Test("a role for any subject tests the audience alone")
    func anySubject() throws {
        let template = try template(EmissionGoals.goal(role: try EmissionGoals.role()))
        #expect(template["Parameters"]?["Subjects"] == nil)
        #expect(
            condition(template)
                == .members([
                    "StringEquals": .members(["\(EmissionGoals.path):aud": "api://AzureADTokenExchange"])
                ]))
    }

    @Test("the template is ASCII, whatever names are in it, and laid out for people")
    func text() throws {
        let text = CloudFormationTemplate(
            try EmissionGoals.goal(tags: ["k": "名"], role: try EmissionGoals.role(#"sc://o/Größe/"x\y"#))
        ).text
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.contains(#""Default": "sc://o/Gr\u00f6\u00dfe/\"x\\y""#))
        #expect(text.contains(#""Value": "\u540d""#))
        #expect(text.hasPrefix("{\n  \"AWSTemplateFormatVersion\": \"2010-09-09\",\n") && text.hasSuffix("\n}\n"))
        let places = ["\"Sid\"", "\"Effect\"", "\"Principal\"", "\"Action\"", "\"Condition\": {\n                \"St"]
            .map { text.firstRange(of: $0)?.lowerBound }
        #expect(!places.contains(nil) && places.compactMap(\.self) == places.compactMap(\.self).sorted())
    }

    @Test("Entra's subjects are described as Entra's")
    func entra() throws {
        let issuer = "https://login.microsoftonline.com/0ca3ddd9-f0b0-4635-a98c-5866526961b6/v2.0"
        let template = try template(EmissionGoals.goal(issuer: issuer, role: try EmissionGoals.role("/eid1/c/x")))
        #expect(template["Parameters"]?["Subjects"]?["Description"]?.display.contains("/eid1/") == true)
    }
}
