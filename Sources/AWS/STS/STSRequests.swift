package import Domain

/// What `AssumeRole` is asked for.
package struct AssumeRoleRequest: Sendable {
    /// The role to assume.
    package let roleARN: RoleARN
    /// What the session is to be called.
    package let sessionName: SessionName
    /// `nil` leaves it to STS, which takes one hour.
    package var duration: SessionDuration?
    /// What the role's trust policy may want to see (`sts:ExternalId`).
    package var externalID: String?
    /// None by default.
    package var sessionPolicies: SessionPolicies

    /// Takes the parts as they are.
    package init(
        roleARN: RoleARN, sessionName: SessionName, duration: SessionDuration? = nil, externalID: String? = nil,
        sessionPolicies: SessionPolicies = SessionPolicies()
    ) {
        (self.roleARN, self.sessionName, self.duration) = (roleARN, sessionName, duration)
        (self.externalID, self.sessionPolicies) = (externalID, sessionPolicies)
    }
}

/// What `AssumeRoleWithWebIdentity` is asked for.
package struct WebIdentityRequest: Sendable {
    /// The role to assume.
    package let roleARN: RoleARN
    /// What the session is to be called.
    package let sessionName: SessionName
    /// The OpenID Connect token; white space around it is not sent.
    package let token: Secret
    /// `nil` leaves it to STS, which takes one hour.
    package var duration: SessionDuration?
    /// None by default.
    package var sessionPolicies: SessionPolicies

    /// Takes the parts as they are.
    package init(
        roleARN: RoleARN, sessionName: SessionName, token: Secret, duration: SessionDuration? = nil,
        sessionPolicies: SessionPolicies = SessionPolicies()
    ) {
        (self.roleARN, self.sessionName, self.token) = (roleARN, sessionName, token)
        (self.duration, self.sessionPolicies) = (duration, sessionPolicies)
    }
}

/// Policies that narrow what a session may do, below what its role may.
package struct SessionPolicies: Sendable {
    /// A policy document, JSON.
    package var inline: String?
    /// Managed policies, at most ten.
    package var managed: [PolicyARN]

    /// None where nothing is given.
    package init(inline: String? = nil, managed: [PolicyARN] = []) { (self.inline, self.managed) = (inline, managed) }
}
