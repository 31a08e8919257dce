/// What an account has of a setup, as IAM tells it.
package struct SetupState: Sendable, Equatable {
    /// `nil` where there is none with that URL.
    package var provider: ProviderState?
    /// `nil` where there is none of that name.
    package var role: RoleState?

    package init(provider: ProviderState? = nil, role: RoleState? = nil) {
        (self.provider, self.role) = (provider, role)
    }
}

/// An IAM OIDC provider.
package struct ProviderState: Sendable, Equatable {
    /// The audiences it accepts, which IAM calls client ids.
    package var audiences: [String]
    /// Lower-case SHA-1, newest first.
    package var thumbprints: [String]
    package var tags: [String: String]

    package init(audiences: [String], thumbprints: [String], tags: [String: String]) {
        (self.audiences, self.thumbprints, self.tags) = (audiences, thumbprints, tags)
    }
}

/// A role, and of its policies what this program may change.
package struct RoleState: Sendable, Equatable {
    /// Begins and ends with `/`.
    package var path: String
    package var trustPolicy: PolicyDocument
    /// In seconds.
    package var maximumSessionDuration: Int
    /// An ARN.
    package var permissionsBoundary: String?
    package var tags: [String: String]
    /// The ARNs of all managed policies attached.
    package var attachedPolicies: Set<String>
    /// The inline policies by name. The text of all but ``RoleGoal/inlinePolicyName`` may be left out.
    package var inlinePolicies: [String: PolicyDocument?]

    package init(
        path: String = "/", trustPolicy: PolicyDocument, maximumSessionDuration: Int = 3600,
        permissionsBoundary: String? = nil, tags: [String: String] = [:], attachedPolicies: Set<String> = [],
        inlinePolicies: [String: PolicyDocument?] = [:]
    ) {
        (self.path, self.trustPolicy, self.maximumSessionDuration) = (path, trustPolicy, maximumSessionDuration)
        (self.permissionsBoundary, self.tags) = (permissionsBoundary, tags)
        (self.attachedPolicies, self.inlinePolicies) = (attachedPolicies, inlinePolicies)
    }
}
