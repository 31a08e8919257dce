/// What an account shall have so that an Azure DevOps organisation can federate into it. What is not named here is
/// left as it is.
package struct SetupGoal: Sendable {
    /// The tag that tells what this program made.
    package static let ownTag = (key: "keyless:created-by", value: "setup-provider")

    package var issuer: IssuerURL
    /// The audiences the provider must accept, one at least.
    package var audiences: [String]
    /// What the issuer's hosts present, where AWS looks at that; else none, and the provider's are left as they are.
    package var thumbprints: [Thumbprint]
    /// Of the provider and the role, besides ``ownTag``.
    package var tags: [String: String]
    /// `nil` where only the provider is wanted.
    package var role: RoleGoal?

    package init(
        issuer: IssuerURL, audiences: [String], thumbprints: [Thumbprint] = [], tags: [String: String] = [:],
        role: RoleGoal? = nil
    ) {
        (self.issuer, self.audiences, self.thumbprints) = (issuer, audiences, thumbprints)
        (self.tags, self.role) = (tags, role)
    }
}

/// The role of a ``SetupGoal``.
package struct RoleGoal: Sendable {
    /// The name of the inline policy that is this program's.
    package static let inlinePolicyName = "keyless"

    package var name: String
    /// Begins and ends with `/`; `nil` for that of the role, and of a new one `/`.
    package var path: String?
    /// Whom it trusts; none for any subject of the issuer.
    package var subjects: [SubjectPattern]
    /// Managed policies to attach, `arn:…`; `aws` for the partition stands for that of the account.
    package var policies: [PolicyARN]
    package var inlinePolicy: PolicyDocument?
    package var permissionsBoundary: PolicyARN?
    /// In seconds, 3600 to 43200.
    package var maximumSessionDuration: Int?

    package init(
        name: String, path: String? = nil, subjects: [SubjectPattern], policies: [PolicyARN] = [],
        inlinePolicy: PolicyDocument? = nil, permissionsBoundary: PolicyARN? = nil, maximumSessionDuration: Int? = nil
    ) {
        (self.name, self.path, self.subjects, self.policies) = (name, path, subjects, policies)
        (self.inlinePolicy, self.permissionsBoundary) = (inlinePolicy, permissionsBoundary)
        self.maximumSessionDuration = maximumSessionDuration
    }
}
