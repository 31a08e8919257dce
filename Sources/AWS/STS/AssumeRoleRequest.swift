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
