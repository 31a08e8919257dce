@testable import Domain

/// Setups to write as code.
enum EmissionGoals {
    static let path = "vstoken.dev.azure.com/0ca3ddd9-f0b0-4635-a98c-5866526961b6"

    static func goal(
        issuer: String = "https://\(path)", audiences: [String] = ["api://AzureADTokenExchange"],
        thumbprints: [String] = [], tags: [String: String] = [:], role: RoleGoal? = nil
    ) throws -> SetupGoal {
        SetupGoal(
            issuer: try IssuerURL(validating: issuer), audiences: audiences,
            thumbprints: thumbprints.compactMap { Thumbprint($0) }, tags: tags, role: role)
    }

    static func role(_ subjects: String...) throws -> RoleGoal {
        RoleGoal(name: "deploy", subjects: try subjects.map { try SubjectPattern($0, issuer: nil) })
    }

    /// A role with everything a role can have.
    static func fullRole() throws -> RoleGoal {
        RoleGoal(
            name: "deploy", path: "/pipelines/", subjects: [try SubjectPattern("sc://o/Web Shop/*", issuer: nil)],
            policies: [try PolicyARN("arn:aws:iam::aws:policy/ReadOnlyAccess")],
            inlinePolicy: try PolicyDocument(
                #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#),
            permissionsBoundary: try PolicyARN("arn:aws:iam::aws:policy/Boundary"), maximumSessionDuration: 7200)
    }
}
