package import Domain

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
