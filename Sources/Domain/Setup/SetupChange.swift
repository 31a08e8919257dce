/// One call of IAM that brings an account nearer to what it shall be.
package enum SetupChange: Sendable, Equatable {
    case createProvider(audiences: [String], thumbprints: [String], tags: [String: String])
    case addAudience(String)
    case updateThumbprints(from: [String], to: [String])
    case tagProvider([String: String])
    case createRole(NewRole)
    case updateTrustPolicy(from: PolicyDocument, to: PolicyDocument)
    case updateMaximumSessionDuration(from: Int, to: Int)
    case putPermissionsBoundary(from: String?, to: String)
    case tagRole([String: String])
    case attachPolicy(String)
    case putInlinePolicy(name: String, from: PolicyDocument?, to: PolicyDocument)
    case detachPolicy(String)
    /// With its text where that was read.
    case deleteInlinePolicy(name: String, PolicyDocument? = nil)
    case deleteRole
    case deleteProvider

    /// A role to create, all in one call.
    package struct NewRole: Sendable, Equatable {
        package var path: String
        package var trustPolicy: PolicyDocument
        /// In seconds; `nil` for IAM's default of an hour.
        package var maximumSessionDuration: Int?
        package var permissionsBoundary: String?
        package var tags: [String: String]
    }

    /// What the caller needs permission for.
    package var action: String {
        switch self {
        case .createProvider: "iam:CreateOpenIDConnectProvider"
        case .addAudience: "iam:AddClientIDToOpenIDConnectProvider"
        case .updateThumbprints: "iam:UpdateOpenIDConnectProviderThumbprint"
        case .tagProvider: "iam:TagOpenIDConnectProvider"
        case .createRole: "iam:CreateRole"
        case .updateTrustPolicy: "iam:UpdateAssumeRolePolicy"
        case .updateMaximumSessionDuration: "iam:UpdateRole"
        case .putPermissionsBoundary: "iam:PutRolePermissionsBoundary"
        case .tagRole: "iam:TagRole"
        case .attachPolicy: "iam:AttachRolePolicy"
        case .putInlinePolicy: "iam:PutRolePolicy"
        case .detachPolicy: "iam:DetachRolePolicy"
        case .deleteInlinePolicy: "iam:DeleteRolePolicy"
        case .deleteRole: "iam:DeleteRole"
        case .deleteProvider: "iam:DeleteOpenIDConnectProvider"
        }
    }

    /// Whether it is about the provider rather than the role.
    package var isProviders: Bool {
        switch self {
        case .createProvider, .addAudience, .updateThumbprints, .tagProvider, .deleteProvider: true
        default: false
        }
    }
}
